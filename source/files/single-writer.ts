import {Buffer} from 'node:buffer';
import {closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, utimesSync} from 'node:fs';
import {hostname} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {UserError} from '../errors/user-error.js';
import {codeOf, writeError} from './file-error.js';

/** A mark of another machine whose time is older than this is of a writer that has gone, ms. */
const silence = 60_000;
const heartbeat = 10_000;

/**
A process that says that it writes a file: the name of its mark, `FILE.lock-HOST-PID-START-RANDOM`.
*/
type Mark = {
	readonly name: string;
	readonly host: string;
	readonly pid: number;
	/**
	When the process began, in the kernel's ticks since the machine did; 0 where that is not told.
	*/
	readonly start: string;
};

/**
Makes this process the one that writes a file, until `release`. A mark stands beside the file
meanwhile; one that a killed process left is taken away: on this machine as soon as the process is
gone, of another one a minute after its last sign of life. The mark is there before others are
looked for, so that of two that begin together at least one sees the other.

@throws {UserError} when another process writes it, or no mark can be made.
*/
export function takeWriter(file: string, called: string): {readonly release: () => void} {
	const folder = path.dirname(file);
	const prefix = `${path.basename(file)}.lock-`;
	const host = hostname().replaceAll(/[^\w.]/gv, '_');
	const random = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
	const own = `${prefix}${host}-${process.pid}-${startOf(process.pid)}-${random}`;
	const place = path.join(folder, own);
	try {
		closeSync(openSync(place, 'wx'));
		for (const mark of marksIn(folder, prefix)) {
			if (mark.name === own) {
				continue;
			}

			if (isAlive(path.join(folder, mark.name), mark, host)) {
				const who = mark.host === host ? `process ${mark.pid}` : `process ${mark.pid} of ${mark.host}`;
				throw new UserError(
					`${called}: ${who} is writing it; wait for it, or give each process a file of its own and ` +
						'vqlab merge',
				);
			}

			rmSync(path.join(folder, mark.name), {force: true});
		}
	} catch (error) {
		rmSync(place, {force: true});
		throw writeError(called, error);
	}

	const timer = setInterval(() => {
		beat(place);
	}, heartbeat);
	timer.unref();
	return {
		release() {
			clearInterval(timer);
			rmSync(place, {force: true});
		},
	};
}

function beat(place: string): void {
	try {
		const now = new Date();
		utimesSync(place, now, now);
	} catch {
		// Somebody took the mark away: what is written is whole all the same, a line at a time.
	}
}

function marksIn(folder: string, prefix: string): readonly Mark[] {
	return readdirSync(folder).flatMap(name => {
		const groups = name.startsWith(prefix)
			? /^(?<host>.*)-(?<pid>\d+)-(?<start>\d+)-[\da-f]+$/v.exec(name.slice(prefix.length))?.groups
			: undefined;
		return groups === undefined ? [] : [{name, host: groups.host, pid: Number(groups.pid), start: groups.start}];
	});
}

function isAlive(place: string, {host, pid, start}: Mark, here: string): boolean {
	if (host !== here) {
		const status = statSync(place, {throwIfNoEntry: false});
		return status !== undefined && Date.now() - status.mtimeMs < silence;
	}

	try {
		process.kill(pid, 0);
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}

	return start === startOf(pid);
}

/**
Numbers of processes are used again: with the time at which it began one is the
same. (proc_pid_stat(5), field 22)
*/
function startOf(pid: number): string {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
	} catch {
		return '0';
	}
}
