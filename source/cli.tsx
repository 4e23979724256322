#!/usr/bin/env node
import process from 'node:process';
import {runProgram} from './commands/program.js';

process.exitCode = await runProgram(process.argv.slice(2));

// All is written. What is still open, as a pipe that has stalled, would keep the program alive.
process.exit();
