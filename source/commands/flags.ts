/** What the value of a flag names. */
export type ValueKind = 'setting' | 'key' | 'preset' | 'file' | 'metric';

/** What a flag of the command line takes and what the help says about it. */
export type FlagWords = {
	readonly type: 'boolean' | 'string';
	/** Name of the value in the help; none for switches. */
	readonly value?: string;
	/** Loaded where it is drawn from what is there. */
	readonly help: string | (() => Promise<string>);
	/** May be given several times. */
	readonly isMultiple?: true;
	readonly shortFlag?: 'f' | 'h' | 'o' | 'q' | 's' | 'V';
	/** What its value names, for completion; the verb's `choices` come before it. */
	readonly names?: ValueKind;
	/** Switches that are on unless `--no-` is put before them. */
	readonly default?: true;
	/**
	It changes where or how a result is shown, not what comes out: the command that
	repeats a run goes without it.
	*/
	readonly showsOnly?: true;
};

/**
Every flag of every command, by its name in camel case; in the order of the help.
Values are strings here: each command reads its own, so that an error names the flag and the unit.
*/
export const flags = {
	set: {
		shortFlag: 's',
		names: 'setting',
		type: 'string',
		value: 'key=value',
		help: 'change a parameter of the preset',
		isMultiple: true,
	},
	change: {
		type: 'string',
		value: "'500ms key=value'",
		help: 'change a parameter while it runs',
		isMultiple: true,
	},
	seed: {type: 'string', value: 'N', help: 'seed of the random streams (1)'},
	session: {names: 'file', type: 'string', value: 'FILE', help: 'the run that the dashboard saved there'},
	runs: {type: 'string', value: 'N', help: 'N runs with seeds from --seed on'},
	for: {type: 'string', value: '2s', help: 'simulated time that is measured'},
	warmup: {type: 'string', value: '200ms', help: 'simulated time before it, not measured'},
	window: {type: 'string', value: '1ms', help: 'length of a row of ndjson and csv'},
	a: {
		names: 'setting',
		type: 'string',
		value: 'key=value',
		help: 'set it on side a',
		isMultiple: true,
	},
	b: {
		names: 'setting',
		type: 'string',
		value: 'key=value',
		help: 'set it on side b',
		isMultiple: true,
	},
	precision: {type: 'string', value: '1%', help: 'pairs until the watched intervals are so narrow'},
	sameWithin: {
		names: 'metric',
		type: 'string',
		value: 'PATH=1%',
		help: 'differences within this share of a are the same',
		isMultiple: true,
	},
	failIf: {
		names: 'metric',
		type: 'string',
		value: 'EXPR',
		help: "closes a gate: 'latency.p99 > +50us'",
		isMultiple: true,
	},
	undecided: {type: 'string', value: 'fail', help: 'what an undecided gate does: fail or pass'},
	proveGate: {type: 'boolean', help: 'show that each gate closes, and only when it should'},
	baseline: {names: 'file', type: 'string', value: 'FILE', help: 'side a is the JSON of run --runs N'},
	ablate: {type: 'boolean', help: 'which of the keys that differ did it'},
	axis: {
		names: 'setting',
		type: 'string',
		value: 'key=v1,v2',
		help: 'vary it: a list, all, 16..1024*2, 10us..90us+20us',
		isMultiple: true,
	},
	point: {
		names: 'setting',
		type: 'string',
		value: "'key=v …'",
		help: 'a point of a list, instead of axes',
		isMultiple: true,
	},
	sample: {type: 'string', value: 'latin-hypercube:N', help: 'N points in the axes instead of their grid'},
	workers: {
		type: 'string',
		value: 'N',
		help: 'worker threads at most (one a core)',
		showsOnly: true,
	},
	shard: {type: 'string', value: 'i/n', help: 'the i-th of n parts (else by Slurm, Kubernetes)'},
	metric: {
		names: 'metric',
		type: 'string',
		value: 'PATH',
		help: 'a metric to show',
		isMultiple: true,
		showsOnly: true,
	},
	pareto: {
		names: 'metric',
		type: 'string',
		value: "'max PATH'",
		help: 'a goal of the Pareto front, max or min',
		isMultiple: true,
		showsOnly: true,
	},
	goal: {names: 'metric', type: 'string', value: 'PATH', help: "what is to be better: 'max PATH' or 'min PATH'"},
	subjectTo: {
		names: 'metric',
		type: 'string',
		value: 'EXPR',
		help: "what must hold meanwhile: 'throughput.completed > -1%'",
		isMultiple: true,
	},
	over: {
		names: 'key',
		type: 'string',
		value: 'KEYS',
		help: 'keys to search: a,b=1,2,c=16..1024 (all that a user sets)',
		isMultiple: true,
	},
	budget: {type: 'string', value: 'N', help: 'runs of a search (300)'},
	adversary: {type: 'boolean', help: 'search clients and machines where b is worst against a'},
	assert: {
		names: 'metric',
		type: 'string',
		value: 'EXPR',
		help: "fail unless it holds: '[whole:]latency.p99 < 5ms'",
		isMultiple: true,
	},
	expect: {
		names: 'file',
		type: 'string',
		value: 'HASH|FILE',
		help: 'fail unless it is this run: event hash[@version], or a JSON report',
	},
	events: {type: 'string', value: 'N', help: 'events of a run at most (10000000000)'},
	advise: {type: 'boolean', help: 'what would help, as vqlab advise says it'},
	check: {type: 'boolean', help: "check the model's invariants after every event"},
	untilStall: {type: 'boolean', help: 'look for a stall: 0 when found, 1 when not'},
	preset: {
		names: 'preset',
		type: 'string',
		value: 'NAME',
		help: 'the preset with the costs of the measured machine (testbed)',
	},
	require: {type: 'string', value: 'S', help: 'fail below this share of figures in band (0.76)'},
	to: {
		type: 'string',
		value: 'NAME',
		async help() {
			const {formatNames} = await import('../export/formats.js');
			return formatNames();
		},
	},
	view: {type: 'string', value: 'NAME', help: 'which view, by its name or key (overview)'},
	at: {type: 'string', value: '500ms', help: 'time of the subject, from its start (its end)'},
	size: {type: 'string', value: '120x36', help: 'columns and rows of the terminal (120x36)'},
	keys: {type: 'string', value: "'tab enter'", help: 'keys to press then, by their names'},
	theme: {type: 'string', value: 'NAME', help: 'native, night or paper'},
	host: {
		names: 'file',
		type: 'string',
		value: 'FILE',
		help: "the host's recording of that time (QEMU log, KVM)",
	},
	device: {type: 'string', value: 'NAME', help: 'which virtio-gpu: vdev, as 3 (the busiest)'},
	beside: {names: 'preset', type: 'string', value: 'PRESET', help: 'the model of a preset on the same axes'},
	side: {
		names: 'file',
		type: 'string',
		value: 'FILE',
		help: 'a table of perf or /proc to show beside the report',
		isMultiple: true,
	},
	format: {
		shortFlag: 'f',
		type: 'string',
		value: 'NAME',
		help: 'text, json, ndjson, csv, markdown, html, gobench or svg',
	},
	output: {
		names: 'file',
		shortFlag: 'o',
		type: 'string',
		value: 'FILE',
		help: 'write there, whole or not at all; sweep: goes on',
		showsOnly: true,
	},
	speed: {
		type: 'string',
		value: '1:100',
		help: 'dashboard: simulated to wall time',
		showsOnly: true,
	},
	fps: {
		type: 'string',
		value: '10',
		help: 'dashboard: frames a second',
		showsOnly: true,
	},
	force: {type: 'boolean', help: 'dashboard: save and export over what is there', showsOnly: true},
	quiet: {shortFlag: 'q', type: 'boolean', help: 'no progress and no warnings on stderr', showsOnly: true},
	verbose: {type: 'boolean', help: 'what it took, on stderr: version, time, CPU, memory', showsOnly: true},
	color: {
		type: 'boolean',
		help: 'no colours (also NO_COLOR; README: Environment)',
		default: true,
		showsOnly: true,
	},
	pager: {
		type: 'boolean',
		help: 'print long text at once (also PAGER=cat)',
		default: true,
		showsOnly: true,
	},
	ascii: {type: 'boolean', help: 'ASCII instead of line drawing characters', showsOnly: true},
	help: {
		type: 'boolean',
		help: 'this text',
		shortFlag: 'h',
		showsOnly: true,
	},
	version: {
		type: 'boolean',
		help: 'the version',
		shortFlag: 'V',
		showsOnly: true,
	},
} as const satisfies Record<string, FlagWords>;

/** A flag's name in camel case. */
export type FlagName = keyof typeof flags;

/** The values of the flags; what was not given is undefined, false or empty. */
export type FlagValues = {
	readonly [Name in FlagName]: (typeof flags)[Name] extends {readonly isMultiple: true}
		? readonly string[]
		: (typeof flags)[Name] extends {readonly type: 'boolean'}
			? boolean
			: string | undefined;
};

const table: Readonly<Record<string, FlagWords | undefined>> = flags;

/** A switch that is on unless it is turned off: known by its negation. */
function isOn(name: string): boolean {
	return table[name]?.default === true;
}

/** How a flag is written: `untilStall` is `--until-stall`, `color` is `--no-color`. */
export function spelling(name: string): string {
	const kebab = name.replaceAll(/[A-Z]/gv, letter => `-${letter.toLowerCase()}`);
	return isOn(name) ? `--no-${kebab}` : `--${kebab}`;
}

/** Every flag, in the order of the help. */
export function flagNames(): FlagName[] {
	return Object.keys(flags).filter((name): name is FlagName => name in flags);
}

/** What the user may write for a flag. */
export function spellings(name: FlagName): readonly string[] {
	const {shortFlag}: FlagWords = flags[name];
	const own = isOn(name) ? [spelling(name), `--${name}`] : [spelling(name)];
	return shortFlag === undefined ? own : [...own, `-${shortFlag}`];
}

/** The flag that is written so. */
export function flagNamed(written: string): FlagName | undefined {
	return flagNames().find(name => spellings(name).includes(written));
}
