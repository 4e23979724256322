import fc from 'fast-check';
import {changes, type CommandDraw, lengths, rarely, setting, sets, subject, together} from './command-draw.js';

const one = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** `--a` and `--b`: what the sides of a pair are set to. */
const sides = fc
	.array(fc.tuple(one('--a', '--b'), setting), {maxLength: 3})
	.map(list => list.flatMap(([flag, [key, value]]) => [flag, `${key}=${value}`]));

const compared = fc
	.tuple(
		one('compare', 'diff'),
		subject,
		sides,
		sets,
		lengths,
		one(['--runs', '1'], ['--runs', '2'], ['--precision', '50%'], ['--ablate']),
		one('text', 'json', 'markdown', 'csv', 'gobench', 'html'),
		rarely(
			one('latency.p99 > +50us', 'throughput.completed < -2%', 'nothing > 1').map(gate => ['--fail-if', gate]),
		),
	)
	.map(([verb, target, side, set, length, runs, format, gate]) =>
		verb === 'diff'
			? together(verb, target, side, set, length)
			: together(verb, target, side, set, length, runs, ['--format', format], gate),
	);

const swept = fc
	.tuple(
		subject,
		fc.array(
			one(
				'queue.size=16,64',
				'queue.size=16..64*2',
				'driver.lockPolicy=all',
				'host.cost.exitUser=1us..9us+4us',
				'guest.vcpus=1,0',
				'queue.size=',
				'nothing=1,2',
				'queue.size=1..1e9',
				'queue.size=64..16',
			),
			{minLength: 1, maxLength: 2},
		),
		sets,
		lengths,
		one('text', 'json', 'ndjson', 'csv', 'markdown', 'svg', 'gobench', 'html'),
	)
	.map(([target, axes, set, length, format]) =>
		together(
			'sweep',
			target,
			axes.flatMap(axis => ['--axis', axis]),
			set,
			length,
			['--format', format],
		),
	);

const pictured = fc
	.tuple(
		subject,
		sets,
		changes,
		one('0ns', '1ns', '1ms', '3ms', '10ms'),
		one('120x36', '80x24', '60x18', '200x60', '1x1', '500x200', '0x0', '120'),
		one('overview', 'ring', 'timeline', 'latency', 'advice', '2', 'nothing'),
		one('text', 'ansi', 'svg'),
		fc.array(one('tab', 'enter', 'esc', '?', 'up', 'right', '[', 'G', 'x', 'M', ':', '/', 'e', 'p', 'nokey'), {
			maxLength: 5,
		}),
		rarely(one(['--ascii'], ['--no-color'], ['--theme', 'paper'], ['--theme', 'pink'])),
	)
	.map(([target, set, change, at, size, view, to, keys, look]) =>
		together(
			'snapshot',
			target,
			set,
			change,
			['--at', at, '--size', size, '--view', view, '--to', to],
			keys.length === 0 ? [] : ['--keys', keys.join(' ')],
			look,
		),
	);

const nothing = {words: [], preset: undefined};

const told = fc.oneof(
	one('bash', 'zsh', 'fish', 'sh', '').map(shell => together('completion', {words: [shell], preset: undefined})),
	one('run', 'sweep', 'tune', 'help', 'nothing').map(verb => together('help', {words: [verb], preset: undefined})),
	fc.constant(together('version', nothing)),
	fc.constant(together('merge', {words: ['/dev/null'], preset: undefined})),
);

/** Command lines of pairs, sweeps and pictures; those with workers take longest, and are few. */
export const verbDraw: fc.Arbitrary<CommandDraw> = fc.oneof(
	{weight: 12, arbitrary: pictured},
	{weight: 2, arbitrary: told},
	{weight: 1, arbitrary: compared},
	{weight: 1, arbitrary: swept},
);
