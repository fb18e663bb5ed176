/** What a browser without a session is shown: in both languages, because nothing is known yet of who reads it. */
export const STRANGER_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tallydesk</title></head>
<body>
<h1>This browser was not let in</h1>
<p>Use the link on the terminal where Tallydesk was started. If it is not there any more, start Tallydesk again.</p>
<section lang="ar" dir="rtl">
<h1>لم يُسمح لهذا المتصفح بالدخول</h1>
<p>استخدم الرابط الظاهر في الطرفية التي بدأت منها Tallydesk. وإن لم يعد ظاهراً، فشغّل Tallydesk من جديد.</p>
</section>
</body>
</html>
`
