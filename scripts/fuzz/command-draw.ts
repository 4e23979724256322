import fc from 'fast-check';
import {type Parameter} from '../../source/parameters/parameter.js';
import {parameters} from '../../source/simulation/parameters/table.js';
import {presetNames} from '../../source/presets/load-preset.js';
import {commandNames} from '../../source/devices/gpu/commands.js';

/** A command line to try; `preset` is the file that it reads. */
export type CommandDraw = {
	readonly kind: 'command';
	readonly argv: readonly string[];
	/** Text of the preset that `-` in `argv` stands for. */
	readonly preset: string | undefined;
};

const one = <T extends string | number | boolean | readonly string[] | string[]>(
	...values: readonly T[]
): fc.Arbitrary<T> => fc.constantFrom(...values);

/** What a user may write where a value is wanted, and no table foresees. */
const nonsense = one(
	'',
	' ',
	'-',
	'-1',
	'0',
	'00',
	'1e3',
	'1e400',
	'NaN',
	'Infinity',
	'null',
	'undefined',
	'__proto__',
	'true',
	'auto',
	'∞',
	'é',
	'\u0000',
	'\u001B[2J',
	'1,2',
	'1ns',
	'-5us',
	'9999999999999999999s',
	'const()',
	'exp(0ns)',
	'const(const(1us))',
	'empirical(nothing.csv#x)',
	'('.repeat(200),
);

const times = one('0ns', '1ns', '999ns', '3us', '50us', '1ms', '10ms', '1s', '3600s', '0.5us', '1e3us');

const distributions = fc.oneof(
	times,
	fc
		.tuple(
			one('const', 'exp', 'uniform', 'lognormal'),
			times,
			fc.oneof(times, one('0', '0.1', '2', '10', '-1', '50')),
		)
		.map(([kind, a, b]) => (kind === 'const' || kind === 'exp' ? `${kind}(${a})` : `${kind}(${a},${b})`)),
);

/** Values at and beyond the corners of a parameter, as they are written. */
function valueOf(entry: Parameter): fc.Arbitrary<string> {
	switch (entry.type) {
		case 'choice': {
			return fc.constantFrom(...entry.choices.map(choice => choice.value));
		}

		case 'boolean': {
			return one('true', 'false');
		}

		case 'distribution': {
			return distributions;
		}

		case 'duration': {
			return fc.oneof(
				times,
				one(entry.min, entry.max, entry.max + 1).map(value => `${value}ns`),
			);
		}

		case 'integer':
		case 'number': {
			return fc
				.constantFrom(
					entry.min,
					entry.min + 1,
					entry.max,
					entry.max - 1,
					entry.max + 1,
					0,
					1,
					2,
					3,
					16,
					64,
					100,
				)
				.map(String);
		}
	}
}

/** How long a run is comes from the flags alone: a draw is to be short. */
const drawn = parameters.filter(({key}) => !['duration', 'warmup', 'window'].includes(key) && !key.includes('<'));

export const setting = fc
	.constantFrom(...drawn)
	.chain(entry =>
		fc.tuple(
			fc.constant(entry.key),
			fc.oneof({weight: 12, arbitrary: valueOf(entry)}, {weight: 1, arbitrary: nonsense}),
		),
	);

const step = fc.record(
	{
		commands: fc.array(fc.constantFrom(...commandNames), {minLength: 1, maxLength: 4}),
		notify: one('end', 'each', 'none'),
		think: distributions,
		service: distributions,
		fenced: fc.boolean(),
		objects: one(0, 1, 1024),
		wait: one('none', 'response', 'fence'),
		queue: one('control', 'cursor'),
		timeout: one('1ns', '1ms', '60s'),
		pages: one(1, 2, 65_535),
		rect: one('1x1', '64x64', '1920x1080', '16384x16384'),
	},
	{requiredKeys: ['commands']},
);

const client = fc.record(
	{
		threads: one(1, 2, 8, 1024),
		vcpu: one<string | number>('any', 0, 1, 63),
		kind: one('closed', 'open', 'paced'),
		rate: one(0.001, 1, 5000, 10_000_000),
		burst: one(1, 7, 65_536),
		hz: one(0.1, 60, 10_000),
		think: distributions,
		queue: one('control', 'cursor'),
		wait: one('none', 'response', 'fence'),
		loop: fc.array(step, {minLength: 1, maxLength: 3}),
	},
	{requiredKeys: ['loop']},
);

const fault = fc.record(
	{
		at: one('0ns', '1ms', '3ms', '3600s'),
		kind: one('lost-kick', 'lost-irq', 'host-stall', 'renderer-block', 'vcpu-preempt', 'missing-barrier'),
		for: one('1ns', '1ms', '1s'),
		every: one('1us', '500us', '1s'),
		vcpu: one(0, 1, 63),
		probability: one(0, 0.5, 1),
	},
	{requiredKeys: ['at', 'kind']},
);

/** A preset of a user's own: clients, faults and values at the corners. */
const presetText = fc
	.record({
		title: fc.constant('drawn'),
		parameters: fc.array(setting, {maxLength: 4}).map(pairs => Object.fromEntries(pairs)),
		clients: fc
			.array(client, {minLength: 1, maxLength: 3})
			.map(clients => clients.map((entry, index) => ({name: `c${index}`, ...entry}))),
		faults: fc.array(fault, {maxLength: 2}),
	})
	.map(preset => JSON.stringify(preset));

export const lengths = fc
	.tuple(one('1ms', '2ms', '5ms', '0ns', '1ns', '3us'), one('0ns', '1ms', '1ns', '100us'))
	.map(([time, warmup]) => ['--for', time, '--warmup', warmup]);

const format = one('text', 'json', 'json', 'ndjson', 'csv', 'markdown', 'yaml');
export const rarely = <T>(arbitrary: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
	fc.oneof({weight: 5, arbitrary: fc.constant<T[]>([])}, {weight: 1, arbitrary});

export const sets = fc
	.array(setting, {maxLength: 4})
	.map(pairs => pairs.flatMap(([key, value]) => ['--set', `${key}=${value}`]));
export const changes = fc
	.array(fc.tuple(one('0ns', '500us', '1ms', '2ms', '4ms', '1s'), setting), {maxLength: 2})
	.map(list => list.flatMap(([at, [key, value]]) => ['--change', `${at} ${key}=${value}`]));

export const subject = fc.oneof(
	{weight: 2, arbitrary: fc.constantFrom(...presetNames()).map(name => ({words: [name], preset: undefined}))},
	{weight: 3, arbitrary: presetText.map(preset => ({words: ['-'], preset}))},
);

export type Words = {readonly words: readonly string[]; readonly preset: string | undefined};

export function together(verb: string, target: Words, ...parts: ReadonlyArray<readonly string[]>): CommandDraw {
	return {kind: 'command', argv: [verb, ...target.words, ...parts.flat()], preset: target.preset};
}

const run = fc
	.tuple(
		subject,
		sets,
		changes,
		lengths,
		format.map(name => ['--format', name]),
		rarely(one('1', '2', '3', '0', '-1').map(count => ['--runs', count])),
		rarely(one('0', '1', '4294967295', '4294967296', '-1', 'x').map(seed => ['--seed', seed])),
		rarely(one('1us', '100us', '1ns', '1s').map(window => ['--window', window])),
		rarely(
			one(
				'latency.p99 < 5ms',
				'throughput > 0',
				'lock.contentionShare<=1',
				'nothing == 1',
				'whole:latency.mean > 0',
				'',
				'= =',
			).map(text => ['--assert', text]),
		),
		rarely(one(['--until-stall'], ['--ascii'], ['--no-color'])),
	)
	.map(([target, ...parts]) => together('run', target, ...parts, ['--check']));

const exported = fc
	.tuple(
		subject,
		sets,
		changes,
		one('1ms', '2ms', '1ns'),
		one('perfetto', 'ftrace', 'csv', 'qemu-log', 'qemu', 'svg'),
	)
	.map(([target, set, change, time, to]) =>
		together('export', target, set, change, ['--for', time, '--warmup', '0ns', '--to', to]),
	);

const word = fc.oneof(
	fc.constantFrom(...drawn).map(entry => entry.key),
	nonsense,
	one('latency', 'IRQ rate', 'worker-spin', 'num_free', 'avail', 'overview', 'kick'),
);

const asked = fc.oneof(
	fc
		.tuple(fc.array(word, {maxLength: 3}), format)
		.map(([words, name]) => together('explain', {words, preset: undefined}, ['--format', name])),
	format.map(name => together('presets', {words: [], preset: undefined}, ['--format', name])),
	fc.constant(together('schema', {words: [], preset: undefined})),
);

/** Words in any order: what is typed by mistake. */
const mistaken = fc
	.array(
		fc.oneof(
			nonsense,
			word,
			one(
				'run',
				'export',
				'replay',
				'--',
				'-',
				'--set',
				'--for',
				'--format',
				'--host',
				'--assert',
				'--nothing',
				'-x',
				'--set=',
				'testbed',
			),
		),
		{minLength: 1, maxLength: 6},
	)
	.map(argv => ({kind: 'command' as const, argv, preset: undefined}));

/** Command lines that need no terminal, most of them short runs. */
export const commandDraw: fc.Arbitrary<CommandDraw> = fc.oneof(
	{weight: 14, arbitrary: run},
	{weight: 2, arbitrary: exported},
	{weight: 2, arbitrary: asked},
	{weight: 2, arbitrary: mistaken},
);
