import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import process from 'node:process';

const shells = /^-?(?:sh|dash|bash|zsh|ksh\d*|mksh|ash|busybox|fish)$/v;

/**
Whether a shell started this program with the stream closed, as `>&-` does. Node opens `/dev/null`
for reading and writing in its place before the first line of a program runs (node.cc,
PlatformInit), so that writing seems to succeed. A shell's own `> /dev/null` is for writing only,
and what it has inherited from a program that wants no output it has itself. Behind anything but a
shell, and without /proc, the two can not be told apart: then the stream counts as open.
*/
export function isClosedByShell(descriptor: number): boolean {
	try {
		return (
			isStandIn('self', descriptor) &&
			shells.test(readFileSync(`/proc/${process.ppid}/comm`, 'utf8').trim()) &&
			!isStandIn(String(process.ppid), descriptor)
		);
	} catch {
		return false;
	}
}

/**
It is `/dev/null`, opened for reading and writing. A shell that does not fork
closes its own stream meanwhile.
*/
function isStandIn(who: string, descriptor: number): boolean {
	if (
		!readdirSync(`/proc/${who}/fd`).includes(String(descriptor)) ||
		readlinkSync(`/proc/${who}/fd/${descriptor}`) !== '/dev/null'
	) {
		return false;
	}

	const [, flags] = /^flags:\s*([0-7]+)$/mv.exec(readFileSync(`/proc/${who}/fdinfo/${descriptor}`, 'utf8')) ?? [];
	return (Number.parseInt(flags ?? '0', 8) & 3) === 2;
}
