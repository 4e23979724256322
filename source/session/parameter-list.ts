import {clientSettingNames} from '../guest/client-parameters.js';
import {type ParameterValue} from '../parameters/configuration.js';
import {type Configuration} from '../simulation/configuration.js';
import {type Effect, type Parameter} from '../parameters/parameter.js';
import {valueOf} from '../simulation/parameters/resolve-clients.js';
import {parameter, parameters} from '../simulation/parameters/table.js';
import {formatValue, sameValue} from '../parameters/value.js';

/** A parameter as the list of the dashboard shows it. */
export type ParameterRow = {
	readonly key: string;
	readonly label: string;
	readonly value: string;
	/** Differs from the preset. */
	readonly changed: boolean;
	readonly effect: Effect;
	readonly provenance: string;
};

/** What a user turns first, in this order; the rest follows in the order of the table. */
const first = [
	'driver.lockPolicy',
	'driver.spinlock',
	'queue.size',
	'queue.eventIdx',
	'queue.indirect',
	'host.ioeventfd',
	'host.accel',
	'host.cpus',
	'host.load',
	'guest.vcpus',
	'guest.irqVcpu',
	'device.kind',
	'device.fence',
	'driver.roomRule',
];

/** How long a headless run is, which means nothing here. */
const headless = new Set(['duration', 'warmup', 'window']);

function listed(entry: Parameter): boolean {
	return !headless.has(entry.key);
}

const ordered: readonly Parameter[] = [
	...first.flatMap(key => parameters.filter(entry => entry.key === key)),
	...parameters.filter(entry => !first.includes(entry.key) && listed(entry)),
];

/** The value as the list shows it: switches are `on` and `off`, long distributions are cut to their kind. */
export function shortValue(entry: Parameter, value: ParameterValue): string {
	if (typeof value === 'boolean') {
		return value ? 'on' : 'off';
	}

	return typeof value === 'object' && value.kind === 'quantiles'
		? `quantiles(${value.points.length})`
		: formatValue(entry, value);
}

/** The entries of the keys that the clients of a configuration have. */
export function clientEntries(configuration: Configuration): readonly Parameter[] {
	return configuration.clients
		.flatMap(({name}) => clientSettingNames.map(setting => parameter(`clients.${name}.${setting}`)))
		.filter(({key}) => valueOf(configuration, key) !== undefined);
}

/**
The parameters to show, those that a user turns first at the top, the clients' own at the end. An entry of
a family (`….<COMMAND>`) shows only under a filter. With a filter: those whose key or label
contains it, in the order of their keys.
*/
export function listParameters(filter: string, configuration: Configuration): readonly Parameter[] {
	const wanted = filter.trim().toLowerCase();
	const all = [...ordered, ...clientEntries(configuration)].filter(
		({key}) => valueOf(configuration, key) !== undefined,
	);
	if (wanted === '') {
		return all.filter(entry => entry.family === undefined);
	}

	return all
		.filter(entry => entry.key.toLowerCase().includes(wanted) || entry.label.toLowerCase().includes(wanted))
		.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** What was asked for, with automatic values by their word: so that they go on following others. */
export function givenValue(configuration: Configuration, key: string): ParameterValue {
	return configuration.given?.[key] ?? parameter(key).automatic?.word ?? valueOf(configuration, key) ?? '';
}

/** Rows of the list for a configuration; `preset` is what `*` compares with. */
export function parameterRows(filter: string, current: Configuration, preset: Configuration): ParameterRow[] {
	return listParameters(filter, current).flatMap(entry => {
		const value = valueOf(current, entry.key);
		if (value === undefined) {
			return [];
		}

		const changed = !sameValue(value, valueOf(preset, entry.key));
		return [
			{
				key: entry.key,
				label: entry.label,
				value: shortValue(entry, value),
				changed,
				effect: entry.effect,
				provenance: (changed ? undefined : preset.provenance?.[entry.key]?.kind) ?? entry.provenance.kind,
			},
		];
	});
}
