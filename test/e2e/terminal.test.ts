import {existsSync, mkdtempSync, readdirSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {endingSignals} from '../../source/terminal/ways-out.js';
import {buildCli, cliFile} from '../helpers/cli.js';
import {TestTerminal, type TerminalOptions} from '../helpers/terminal.js';
import {fixture} from '../trace/trace-lines.js';

const open: TestTerminal[] = [];
const ESC = '\u001B';
const exitStatus = fileURLToPath(new URL('../helpers/exit-status.mjs', import.meta.url));

/** The preset with the fewest events, as only its terminal is looked at: it starts soonest. */
const dashboard = ['idle-desktop', '--speed', '1:100'];

/** The two screens that a terminal is taken for, and what stands on each when it is there. */
const screens = [
	{
		name: 'the dashboard',
		argv: dashboard,
		shows: 'Parameters',
		help: /╔ Help/v,
	},
	{
		name: 'view',
		argv: ['view', fixture('base_paced_p0.guest')],
		shows: 'Responses',
		help: /╔ Help/v,
	},
] as const;

function start(argv: readonly string[], options: TerminalOptions = {}): TestTerminal {
	const terminal = new TestTerminal(process.execPath, [cliFile, ...argv], options);
	open.push(terminal);
	return terminal;
}

/** All modes that were set are reset, that of the mouse among them. */
function isRestored({alternate, output}: TestTerminal): boolean {
	return (
		!alternate &&
		output.lastIndexOf(`${ESC}[?1000l`) >= output.lastIndexOf(`${ESC}[?1000h`) &&
		output.lastIndexOf(`${ESC}[?1006l`) >= output.lastIndexOf(`${ESC}[?1006h`) &&
		output.lastIndexOf(`${ESC}[?25h`) > output.lastIndexOf(`${ESC}[?25l`) &&
		output.lastIndexOf(`${ESC}[?2004l`) > output.lastIndexOf(`${ESC}[?2004h`)
	);
}

/**
Ends it by a signal: that of a shell that hangs up, those that end a program by hand, with a core,
and one that Node itself listens to are each delivered to some dashboard here.
`test/terminal/ways-out.test.ts` has them all.
*/
async function expectEndBy(signal: string, terminal: TestTerminal): Promise<void> {
	const number = endingSignals.find(([name]) => name === signal)?.[1] ?? Number.NaN;
	terminal.kill(signal);
	expect(await terminal.exited).toMatchObject({code: 128 + number});
	expect(terminal.output).toContain(`${ESC}[?1000h`);
	expect(isRestored(terminal)).toBe(true);
}

beforeAll(async () => {
	await buildCli();
}, 60_000);

afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.dispose();
	}
});

/**
Every key of xterm, rxvt, kitty and the consoles with everything that can
be held down, and every reply.
*/
function everySequence(): string {
	const held = Array.from({length: 256}, (_, index) => index + 1);
	return [
		...held.flatMap(modifier => [...'ABCDEFHPQRS'].map(final => `[1;${modifier}${final}`)),
		...held.flatMap(modifier =>
			[
				1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34,
			].map(number => `[${number};${modifier}~`),
		),
		...[2, 3, 4, 6, 7, 8].flatMap(modifier =>
			[9, 27, 127, 57_376, 57_417].flatMap(code => [`[${code};${modifier}:3u`, `[27;${modifier};${code}~`]),
		),
		...'ABCDEFGHIJKLNOPQRSTUVWXYZ'.split('').map(final => `[${final}`),
		'[24;80R',
		'[?62;1;6;22c',
		'[>1;7700;0c',
		'[I',
		'[O',
		'[M !!',
		'[<0;12;7M',
		'[<0;12;7m',
		'[32;12;7M',
		'[?2026;2$y',
		']11;rgb:1e1e/1e1e/2e2e\u0007',
		`]4;1;rgb:ff/00/00${ESC}\\`,
		`P>|XTerm(388)${ESC}\\`,
		`_Gi=31;OK${ESC}\\`,
	]
		.map(sequence => ESC + sequence)
		.join('');
}

test.each(screens)(
	'every key of every terminal and every reply leave $name as it is; Esc and a key in one read are two keys',
	async ({argv, shows, help}) => {
		const terminal = start(argv);
		await terminal.until(shows);
		terminal.write(everySequence());
		terminal.write('\u0000\u001C\u001D\u001E\u001F');
		terminal.write('?');
		await terminal.until(help);
		terminal.write(ESC);
		await terminal.until(shown => !help.test(shown.text));
		terminal.write('?');
		await terminal.until(help);
		terminal.write(`${ESC}?`);
		await terminal.until(help);
		// Esc is cut off from what comes behind it.
		terminal.write(`${ESC}q`);
		expect(await terminal.exited).toEqual({code: 0, signal: 0});
		expect(isRestored(terminal)).toBe(true);
		expect(terminal.output).not.toContain('a fault of vqlab');
	},
);

test('a paste goes into the field that is open, and is no keys where none is; SIGHUP ends it', async () => {
	const terminal = start(dashboard);
	await terminal.until('Contention');
	expect(terminal.output).toContain(`${ESC}[?2004h`);
	terminal.write(`${ESC}[200~q\r:quit\r\u0003${ESC}[201~`);
	await terminal.until('none is open');
	terminal.write(`/queue size\re${ESC}[200~128\r\n${ESC}[201~`);
	await terminal.until('▏128_');
	terminal.write('\r');
	await terminal.until(/queue\.size \*? *◄128►/v);
	terminal.write(`${ESC}`);
	await terminal.until('/ filter');
	terminal.write(`/${ESC}[200~lock\n${ESC}[201~`);
	await terminal.until(/\/lock_/v);
	terminal.write(`${ESC}p/${ESC}[200~spin-on-one${ESC}[201~`);
	await terminal.until(/\/spin-on-one_/v);
	terminal.write(`${ESC}${ESC}s\u0015${ESC}[200~né.json${ESC}[201~`);
	await terminal.until('1 of the paste is left out');
	terminal.write(`\u0015${ESC}[200~${'x'.repeat(50_000)}${ESC}[201~`);
	await terminal.until('49800 of the paste are left out');
	terminal.write(`${ESC}:${ESC}[200~queue.size 64${ESC}[201~\r`);
	await terminal.until(/queue size +◄?64►?/v);
	await expectEndBy('SIGHUP', terminal);
});

test('six thousand keys that come at once are taken, and keep no signal away', async () => {
	const terminal = start(dashboard);
	await terminal.until('Contention');
	// More than a terminal holds, and than is read at once.
	terminal.write('kj'.repeat(3000));
	terminal.write('?');
	await terminal.until('╔ Help');
	terminal.write(`${ESC}${'rZ'.repeat(2000)}`);
	await expectEndBy('SIGTERM', terminal);
});

test.each(['SIGUSR1', 'SIGPWR'])('%s restores the screen and ends with its number', async signal => {
	const terminal = start(dashboard);
	await terminal.until('Parameters');
	await expectEndBy(signal, terminal);
});

test.each(screens)('$name on a terminal that is closed ends as by SIGHUP, without a core', async ({argv, shows}) => {
	const cwd = mkdtempSync(path.join(tmpdir(), 'vqlab-closed-'));
	const terminal = start(argv, {cwd});
	await terminal.until(shows);
	terminal.close();
	expect(await terminal.exited).toEqual({code: 0, signal: 1});
	expect(readdirSync(cwd)).toEqual([]);
});

test.each(screens)(
	'$name on a terminal that is closed while another keeps the signal from it ends the same',
	async ({argv, shows}) => {
		const file = path.join(mkdtempSync(path.join(tmpdir(), 'vqlab-closed-')), 'status.json');
		const terminal = new TestTerminal(process.execPath, [exitStatus, file, process.execPath, cliFile, ...argv]);
		open.push(terminal);
		await terminal.until(shows);
		terminal.close();
		await expect.poll(() => existsSync(file), {timeout: 30_000}).toBe(true);
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({code: null, signal: 'SIGHUP'});
	},
);

/** Bytes that a process has written (proc(5)). */
function written(pid: number): number {
	return Number(/^wchar: (\d+)$/mv.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}

test.runIf(existsSync('/proc/self/io')).for(screens)(
	'SIGTERM ends $name on a terminal that does not read',
	async ({argv, shows}) => {
		const terminal = start(argv);
		await terminal.until(shows);
		terminal.stopReading();
		const before = written(terminal.pid);
		// Each key is another frame of several thousand bytes; a terminal
		// holds 12288 that nobody reads.
		await expect
			.poll(
				() => {
					terminal.write('?');
					terminal.write(ESC);
					return written(terminal.pid);
				},
				{timeout: 30_000, interval: 150},
			)
			.toBeGreaterThan(before + 12_000);
		terminal.kill('SIGTERM');
		await expect
			.poll(() => existsSync(`/proc/${terminal.pid}/io`) && written(terminal.pid) >= 0, {timeout: 5000})
			.toBe(false);
	},
);

test.each(screens)('$name is drawn at any size', async ({argv, shows}) => {
	const terminal = start(argv);
	await terminal.until(shows);
	for (const [columns, rows] of [
		[1, 1],
		[2, 500],
		[500, 2],
		[500, 200],
		[1, 36],
		[120, 1],
	] as const) {
		terminal.resize(columns, rows);
	}

	for (const [columns, rows] of [
		[500, 200],
		[29, 1],
		[120, 36],
	] as const) {
		terminal.resize(columns, rows);
		// eslint-disable-next-line no-await-in-loop -- one size after the other
		await terminal.until(({lines}) =>
			rows === 1
				? lines[0].includes('vqlab needs 60x18')
				: lines[0].startsWith(' vqlab') && lines[rows - 2].trim() !== '' && lines[0].length <= columns,
		);
	}

	// What the terminal has cut off is drawn again, though the size is the
	// one that the program knows.
	terminal.resize(1, 1);
	terminal.resize(120, 36);
	await terminal.until(
		({lines}) => lines[0].startsWith(' vqlab') && lines[34].trim() !== '' && lines[2].length > 100,
	);
	expect(terminal.output).not.toContain(`${ESC}[3J`);
	if (argv === dashboard) {
		await expectEndBy('SIGQUIT', terminal);
	} else {
		terminal.write('q');
		expect(await terminal.exited).toEqual({code: 0, signal: 0});
		expect(isRestored(terminal)).toBe(true);
	}
});

test('with the preset on standard input the keys come from the terminal, and leaving ends the program', async () => {
	const preset = fileURLToPath(new URL('../../presets/compositor-60hz.json', import.meta.url));
	const terminal = new TestTerminal('/bin/bash', ['-c', `cat '${preset}' | '${process.execPath}' '${cliFile}' -`]);
	open.push(terminal);
	await terminal.until('Parameters');
	terminal.write(`?${ESC}`);
	terminal.write('q');
	expect(await terminal.exited).toEqual({code: 0, signal: 0});
	expect(isRestored(terminal)).toBe(true);
});
