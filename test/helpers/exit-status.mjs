/**
Runs a program on this terminal and writes how it ended to a file, `{"code": …, "signal": …}`;
stays when the terminal is closed. Usage: `node exit-status.mjs FILE PROGRAM ARGUMENT…`
*/
import {spawn} from 'node:child_process';
import {renameSync, writeFileSync} from 'node:fs';
import process from 'node:process';

const [file, program, ...argv] = process.argv.slice(2);
process.on('SIGHUP', () => undefined);
process.on('SIGINT', () => undefined);
spawn(program, argv, {stdio: 'inherit'}).on('exit', (code, signal) => {
	writeFileSync(`${file}.part`, JSON.stringify({code, signal}));
	renameSync(`${file}.part`, file);
	process.kill(process.pid, 'SIGKILL');
});
