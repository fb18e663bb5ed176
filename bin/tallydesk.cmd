@node "%~dp0tallydesk.js" %*
