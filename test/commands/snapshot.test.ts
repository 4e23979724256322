import {expect, test} from 'vitest';
import {Interrupt} from '../../source/commands/interrupt.js';
import {UserError} from '../../source/errors/user-error.js';
import {snapshotOf} from '../helpers/snapshot.js';

const short = ['--warmup', '10ms', '--size', '80x24'];

test.each([
	[
		['--view', 'ltency'],
		'--view: "ltency" is none of overview, ring, timeline, latency, compare, advice; did you mean latency?',
	],
	[['test/fixtures/recordings/g00-base.txt.gz', '--view', 'ring'], 'ring: this recording cannot show the slots'],
	[['--to', 'png'], '--to: "png" is none of text, ansi, svg'],
	[['--to', 'svg', '--theme', 'native'], '--theme native: a picture has no terminal'],
	[['--theme', 'nigh'], 'did you mean night?'],
	[['--size', '501x20'], '--size: "501x20" is no terminal'],
	[['--size', '80x1'], '--size: "80x1" is no terminal'],
	[['--at', '5'], '--at: "5" has no unit'],
	[['--keys', 'ente', '--at', '1ms'], '--keys: "ente" is no key; did you mean enter?'],
	[['--at', '20ms', '--change', '20ms queue.size=4'], 'comes after the end of the run at 20ms'],
	[['--host', 'x.log'], 'snapshot: --host is for recordings'],
	[['test/fixtures/recordings/g00-base.txt.gz', '--seed', '2'], 'snapshot: --seed is for presets'],
	[['test/fixtures/recordings/g00-base.txt.gz', '--set', 'queue.size=4'], 'a recording has no parameters to set'],
])('%j is refused', async (argv, message) => {
	const attempt = snapshotOf(argv);
	await expect(attempt).rejects.toThrow(UserError);
	await expect(attempt).rejects.toThrow(message);
});

test('the screen stands where it was asked to, with the change, and is always the same', async () => {
	const argv = [...short, '--at', '30ms', '--change', '15ms queue.size=128 host.ioeventfd=on'];
	const output = await snapshotOf(argv);
	expect(output).toContain('t    0.030 s');
	expect(output).toMatch(/num_free ─+ .*127 min/v);
	expect(await snapshotOf(argv)).toBe(output);
	expect(await snapshotOf([...argv, '--seed', '2'])).not.toBe(output);
});

test('without a time it is the end of the run', async () => {
	const output = await snapshotOf([...short, '--for', '30ms']);
	expect(output).toContain('t    0.040 s');
});

test('keys are pressed there, in the fields too', async () => {
	const output = await snapshotOf([...short, '--at', '20ms', '--keys', ': h e l p']);
	expect(output).toContain('help');
	expect(await snapshotOf([...short, '--at', '20ms', '--keys', ': h e l p esc right'])).toContain(
		'kick-after-unlock',
	);
});

test('nothing is written', async () => {
	const output = await snapshotOf([...short, '--at', '20ms', '--keys', 's x . j s o n enter']);
	expect(output).toContain('a snapshot saves nothing');
});

test('a budget ends the run early and says so', async () => {
	const warnings: string[] = [];
	const output = await snapshotOf([...short, '--at', '1s', '--events', '1000'], warnings);
	expect(warnings).toEqual([expect.stringMatching(/^warning: the budget of 1000 events ends at \d+\.\d+ms$/v)]);
	expect(output).toContain('t    0.00');
});

test('a signal ends it early', async () => {
	const interrupt = new Interrupt();
	interrupt.stop('SIGTERM');
	expect(await snapshotOf([...short, '--at', '1s'], [], interrupt)).toContain('t    0.000 s');
});

test('a recording can be shown up to a time, beside a model', async () => {
	const argv = ['test/fixtures/recordings/g00-base.txt.gz', '--size', '80x24'];
	const output = await snapshotOf([...argv, '--keys', 'z z', '--at', '3ms']);
	expect(output).toContain('0.203');
	expect(await snapshotOf([...argv, '--beside', 'seed-2019-kick-under-lock'])).toContain('─ model ┄');
});

test('a picture has each character in its cell', async () => {
	const output = await snapshotOf([...short, '--at', '20ms', '--to', 'svg', '--theme', 'paper']);
	expect(output).toMatch(/^<svg .*<\/svg>\n$/sv);
	expect(output).toContain('fill="#fbfaf6"');
	for (const [, xs, text] of output.matchAll(/<text x="([^"]*)"[^>]*>([^<]*)</gv)) {
		const characters = text.replaceAll(/&(?:amp|lt|gt);/gv, '&');
		expect(xs.split(' ')).toHaveLength(characters.length);
	}
});
