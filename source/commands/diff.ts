import {profileOf} from '../simulation/devices.js';
import {UserError} from '../errors/user-error.js';
import {differingKeys, settingsWith, valueAt} from '../experiment/compare/ablation.js';
import {type DiffTask} from '../experiment/diff/report.js';
import {formatValue} from '../parameters/value.js';
import {configurationOf} from '../presets/preset.js';
import {clientJson, faultJson} from '../presets/preset-text.js';
import {type Cause, type DiffReport, diffJson, diffText} from '../report/diff.js';
import {stallCauses} from '../run/stall-words.js';
import {type Configuration} from '../simulation/configuration.js';
import {parameter} from '../simulation/parameters/table.js';
import {parametersHash} from '../simulation/parameters/parameters-hash.js';
import {parseSets} from '../simulation/parameters/parse-set.js';
import {schema, version} from '../version.js';
import {diffKind} from '../work/kinds/diff.js';
import {Pool} from '../work/pool.js';
import {againWords} from './again.js';
import {resultOf} from './command-result.js';
import {type CompareOptions, compareOptions, type GivenSide} from './compare-options.js';
import {formatFlag} from './format-flag.js';
import {type CommandContext, type CommandOutcome} from './verb.js';

/** Keys that are tried alone at most: each costs a run up to the first difference. */
const mostKeys = 16;

/**
`vqlab diff`: where two runs of one seed part, and who feels it. Exit 1 when
a side stalls, as `run` has it.
*/
export async function diff({input, line, interrupt, progress}: CommandContext): Promise<CommandOutcome> {
	const format = formatFlag(line.flags.format, ['text', 'json']);
	const options = compareOptions(input, {...line.flags, format: undefined});
	const [a, b] = options.sides;
	refuseOtherDevices(options);
	const keys = differingKeys(a.configuration, b.configuration);
	const end = Math.min(
		...options.sides.map(({configuration: {parameters}}) => parameters.warmup + parameters.duration),
	);
	const task: DiffTask = {
		sides: [a.configuration, b.configuration],
		seed: options.seed,
		end,
		budget: options.budget,
		alone:
			keys.length < 2 || keys.length > mostKeys
				? []
				: keys.map(key => ({key, configuration: withKey(a, b, key)})),
	};
	const pool = new Pool({workers: 1});
	try {
		const [difference] = await interrupt.during(async () => {
			progress.show('diff', 0, 'both runs');
			return pool.answers(diffKind, [task], {signal: interrupt.stopped});
		});
		if (difference === undefined) {
			return resultOf('', ['interrupted: nothing is known yet']);
		}

		const report: DiffReport = {
			schema,
			vqlab: version,
			a: {preset: a.preset.name, set: a.set, parametersHash: parametersHash(a.configuration)},
			b: {preset: b.preset.name, set: b.set, parametersHash: parametersHash(b.configuration)},
			seed: options.seed,
			end: end / 1e9,
			difference,
			differing: keys,
			cause: difference.first === null ? null : causeOf(a, b, keys, difference.causeKey),
		};
		const again = againWords('diff', input, {...line.flags, seed: String(options.seed)});
		return resultOf(
			format === 'json' ? diffJson(report) : diffText(report, again),
			difference.stalls.flatMap((stall, side) =>
				stall === null ? [] : [`${side === 0 ? 'a' : 'b'} stalls, ${stall}: ${stallCauses[stall]}`],
			),
		);
	} finally {
		await pool.close();
	}
}

function refuseOtherDevices({sides}: CompareOptions): void {
	const [a, b] = sides.map(({configuration}) => configuration.parameters['device.kind']);
	if (profileOf(a) !== profileOf(b)) {
		throw new UserError(
			`diff: side a is a ${a}, side b a ${b}: another device has another driver, and their runs have no ` +
				'event in common; vqlab compare puts their figures side by side',
		);
	}
}

/** Side a with one key of side b. */
function withKey(a: GivenSide, b: GivenSide, key: string): Configuration {
	return configurationOf(a.preset, {
		...a.configuration.given,
		...settingsWith({...a.preset.given, ...parseSets(a.set)}, b.configuration, [key]),
	});
}

/** The key with its values; clients and faults count when no key of the table does it. */
function causeOf(a: GivenSide, b: GivenSide, keys: readonly string[], found: string | null): Cause | null {
	const names = (side: GivenSide): string => side.configuration.clients.map(({name}) => name).join(', ');
	const texts = [a, b].map(({configuration}) => ({
		clients: JSON.stringify((configuration.ownClients ?? configuration.clients).map(client => clientJson(client))),
		faults: JSON.stringify(configuration.faults.map(fault => faultJson(fault))),
	}));
	const key =
		found ??
		(keys.length === 1 && texts[0].clients === texts[1].clients && texts[0].faults === texts[1].faults
			? keys[0]
			: null);
	if (key !== null) {
		return {key, a: valueText(a, key), b: valueText(b, key)};
	}

	return texts[0].clients !== texts[1].clients
		? {key: 'clients', a: names(a), b: names(b)}
		: texts[0].faults === texts[1].faults
			? null
			: {key: 'faults', a: texts[0].faults, b: texts[1].faults};
}

function valueText({configuration}: GivenSide, key: string): string {
	const value = valueAt(configuration, key);
	return value === undefined ? 'as the preset says' : formatValue(parameter(key), value);
}
