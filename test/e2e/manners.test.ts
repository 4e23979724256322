import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterEach, beforeAll, expect, test} from 'vitest';
import {buildCli, cliFile} from '../helpers/cli.js';
import {TestTerminal, type TerminalOptions} from '../helpers/terminal.js';

const ESC = '\u001B';
const open: TestTerminal[] = [];
const folders: string[] = [];

function folder(): string {
	const made = mkdtempSync(path.join(tmpdir(), 'vqlab-manners-'));
	folders.push(made);
	return made;
}

/** On the preset with the fewest events, where only manners are looked at: it starts soonest. */
function start(environment: NonNullable<TerminalOptions['environment']>, preset = 'idle-desktop'): TestTerminal {
	const terminal = new TestTerminal(process.execPath, [cliFile, preset, '--speed', '1:100'], {
		columns: 80,
		rows: 24,
		environment: {XDG_STATE_HOME: folder(), XDG_CONFIG_HOME: folder(), ...environment},
	});
	open.push(terminal);
	return terminal;
}

/** Presses the left button on a character of a text, from 0. */
function click(terminal: TestTerminal, text: string, at = 0): void {
	const y = terminal.lines.findIndex(line => line.includes(text));
	const x = (terminal.lines[y]?.indexOf(text) ?? -1) + at;
	terminal.write(`${ESC}[<0;${x + 1};${y + 1}M${ESC}[<0;${x + 1};${y + 1}m`);
}

/** The mouse was asked for and is not any more. */
function isMouseReset({output}: TestTerminal): boolean {
	return (
		output.includes(`${ESC}[?1000h`) &&
		output.lastIndexOf(`${ESC}[?1000l`) > output.lastIndexOf(`${ESC}[?1000h`) &&
		output.lastIndexOf(`${ESC}[?1006l`) > output.lastIndexOf(`${ESC}[?1006h`)
	);
}

beforeAll(async () => {
	await buildCli();
}, 60_000);

afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.dispose();
	}

	for (const made of folders.splice(0)) {
		rmSync(made, {recursive: true, force: true});
	}
});

test('a press goes to a tab and selects a row, and the mode is reset on the way out', async () => {
	const terminal = start({}, 'seed-2019-kick-under-lock');
	await terminal.until('Parameters');
	click(terminal, '2 ring');
	await terminal.until('[2 ring]');
	click(terminal, '1 overview');
	await terminal.until('[1 overview]');
	click(terminal, 'queue size');
	await terminal.until(/▸queue size +◄64►/v);
	click(terminal, '64►', 2);
	await terminal.until(/▸queue size +◄128►/v);
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
	expect(isMouseReset(terminal)).toBe(true);
});

test('with the mouse off in the settings the terminal keeps it', async () => {
	const settings = folder();
	mkdirSync(path.join(settings, 'vqlab'));
	writeFileSync(path.join(settings, 'vqlab', 'config.json'), '{"mouse": "off"}');
	const terminal = start({XDG_CONFIG_HOME: settings});
	await terminal.until('Parameters');
	click(terminal, '2 ring');
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
	expect(terminal.output).not.toMatch(/\?100[06]/v);
});

test('a lesson is kept where the base directories say', async () => {
	const state = folder();
	const terminal = start({XDG_STATE_HOME: state});
	await terminal.until('Parameters');
	terminal.write('L');
	await terminal.until('0 of 5 done');
	terminal.write('\r');
	await terminal.until(/Lesson 1 of 5 +Answer Gerd .*step 1 of 6/v);
	terminal.write('\r');
	await terminal.until('step 2 of 6');
	terminal.write('q');
	expect(await terminal.exited).toMatchObject({code: 0});
	const kept: unknown = JSON.parse(readFileSync(path.join(state, 'vqlab', 'lessons.json'), 'utf8'));
	expect(kept).toEqual({version: 1, last: 'answer-gerd', steps: {'answer-gerd': 1}, done: []});
});

test('for a screen reader there are lines, no screen, and silence until something is asked', async () => {
	const terminal = start({INK_SCREEN_READER: 'true'});
	await terminal.until('Ctrl-L says all of this again');
	expect(terminal.alternate).toBe(false);
	expect(terminal.text).toContain('vqlab, idle-desktop');
	terminal.write('j');
	await terminal.until(/^[a-z A-Z]+ \S+$/mv);
	terminal.write('2');
	await terminal.until(/^view ring: /mv);
	terminal.write('?');
	await terminal.until(({output}) => output.includes('Help 2 ring'));
	terminal.write(`${ESC}q`);
	expect(await terminal.exited).toMatchObject({code: 0});
	expect(terminal.output).not.toContain(`${ESC}[?1049h`);
	expect(terminal.output).not.toMatch(/[─-╿]|\?1000h/v);
});
