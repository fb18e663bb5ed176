#!/usr/bin/env node
import { launch } from '../tools/bootstrap/launch.mjs'

process.exitCode = await launch('out/main/cli.js', process.argv.slice(2))
