import {expect, test} from 'vitest';
import {parseCommandLine} from '../../source/commands/command-line.js';
import {commandHelp, generalHelp} from '../../source/commands/help.js';
import {commands} from '../../source/commands/registry.js';
import {UserError} from '../../source/errors/user-error.js';

function parse(...argv: string[]) {
	return parseCommandLine(argv, import.meta);
}

test('words, flags with values, flags that repeat, switches', () => {
	const {input, flags, given} = parse(
		'run',
		'seed',
		'--set',
		'queue.size=64',
		'--set=host.cpus=1',
		'--until-stall',
		'--no-color',
		'--for',
		'2s',
	);
	expect(input).toEqual(['run', 'seed']);
	expect(flags).toMatchObject({
		set: ['queue.size=64', 'host.cpus=1'],
		untilStall: true,
		color: false,
		for: '2s',
		quiet: false,
		change: [],
		assert: [],
	});
	expect([...given].toSorted()).toEqual(['color', 'for', 'set', 'untilStall']);
});

test('values keep their text: a seed is not rounded, a number in a value stays', () => {
	expect(parse('run', '--seed', '007').flags.seed).toBe('007');
	expect(parse('run', '12').input).toEqual(['run', '12']);
	expect(parse('run', '--assert', 'latency.p99 < 5ms').flags.assert).toEqual(['latency.p99 < 5ms']);
	expect(parse('run', '--set', 'a.b=--c').flags.set).toEqual(['a.b=--c']);
});

test('a dash alone is a word', () => {
	expect(parse('run', '-').input).toEqual(['run', '-']);
});

test('short flags', () => {
	expect(parse('-h').flags.help).toBe(true);
	expect(parse('-V').flags.version).toBe(true);
});

test.each([
	[['--formt', 'json'], 'unknown flag --formt; did you mean --format?'],
	[['--sett=a=b'], 'unknown flag --sett; did you mean --set?'],
	[['-x'], 'unknown flag -x'],
	[['--'.padEnd(40, 'x')], 'unknown flag'],
	[['--seed'], '--seed needs a value: --seed N'],
	[['--seed', '--quiet'], '--seed needs a value'],
	[['--set'], '--set needs a value'],
	[['--quiet=yes'], '--quiet takes no value'],
	[['--seed', '1', '--seed', '2'], 'can only be set once'],
	[['--__proto__', '1'], 'unknown flag --__proto__'],
	[['--no-quiet'], 'unknown flag --no-quiet'],
])('%j is refused in one line', (argv, message) => {
	const attempt = () => parse('run', ...argv);
	expect(attempt).toThrow(UserError);
	expect(attempt).toThrow(message);
	expect(attempt).toThrow(/^[^\n]*$/v);
});

test('the help fits 80 columns and names every command and flag that it takes', async () => {
	const general = await generalHelp();
	for (const command of commands) {
		const help = await commandHelp(command); // eslint-disable-line no-await-in-loop -- one after the other
		expect(general).toContain(`vqlab ${command.name}`);
		expect(help).toContain(`vqlab ${command.name}`);
		for (const flag of command.flags) {
			const kebab = flag.replaceAll(/[A-Z]/gv, letter => `-${letter.toLowerCase()}`);
			expect(help).toContain(['color', 'pager'].includes(flag) ? `--no-${kebab}` : `--${kebab}`);
		}

		expect(help.split('\n').filter(text => text.length > 80 && !text.startsWith('  vqlab'))).toEqual([]);
	}

	expect(general.split('\n').filter(text => text.length > 80 && !text.startsWith('  vqlab'))).toEqual([]);
});

test('what every verb takes stands in the help of each', async () => {
	for (const command of commands) {
		expect(command.flags.slice(-4)).toEqual(['quiet', 'verbose', 'color', 'pager']);
		expect(new Set(command.flags).size, command.name).toBe(command.flags.length);
	}
});

test('every verb has an example that its own flags and words allow', () => {
	for (const {name, examples, flags, words} of commands) {
		expect(examples.length, name).toBeGreaterThan(0);
		for (const example of examples) {
			const own = example
				.replaceAll(/<\((?<inner>[^\)]*)\)/gv, '$<inner>')
				.split(/ [\|>] /v)
				.find(part => part.includes(`vqlab ${name}`));
			expect(own, `${name}: ${example}`).toBeDefined();
			const [, text = ''] = (own ?? '').split('vqlab ');
			const argv = [...text.matchAll(/'(?<quoted>[^']*)'|(?<bare>[^\s']+(?:='[^']*')?)/gv)].map(
				({groups}) => groups?.quoted ?? groups?.bare.replaceAll("'", '') ?? '',
			);
			const line = parse(...argv);
			expect(
				[...line.given].filter(flag => flag !== 'help' && !flags.includes(flag)),
				example,
			).toEqual([]);
			expect(line.input.length - 1, example).toBeLessThanOrEqual(words);
		}
	}
});
