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
	/**
	It stands for a group of the table: how many parameters that has, and
	whether they are shown below it.
	*/
	readonly group?: {readonly count: number; readonly open: boolean};
};

/** What comes first: what acts on the verdict, the alphabet, or the table, group by group. */
export const listOrders = ['effect', 'name', 'table'] as const;

export type ListOrder = (typeof listOrders)[number];

/** How the list is shown. */
export type ListLook = {
	readonly filter: string;
	/** Keys that stand at the top, the first first. */
	readonly relevant: readonly string[];
	/** Groups that are shown whole. */
	readonly unfolded: readonly string[];
	/** By effect where it is not said. */
	readonly order?: ListOrder;
};

/** Parameters above the groups, at most. */
export const mostRelevant = 6;

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

/** In the order of the list. */
const groups: readonly string[] = ['queue', 'driver', 'guest', 'host', 'device', 'run', 'client'];

/** How long a headless run is, which means nothing here. */
const headless = new Set(['duration', 'warmup', 'window']);

function isListed(entry: Parameter): boolean {
	return !headless.has(entry.key);
}

const ordered: readonly Parameter[] = [
	...first.flatMap(key => parameters.filter(entry => entry.key === key)),
	...parameters.filter(entry => !first.includes(entry.key) && isListed(entry)),
];

/**
The value as the list shows it: switches are `on` and `off`, long
distributions are cut to their kind.
*/
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

/** A line of the list: a parameter, or a group of the table. */
type Listed = {readonly entry: Parameter} | {readonly name: string; readonly count: number; readonly open: boolean};

/** The key by which a group is selected. */
const groupKey = (name: string): string => `+ ${name}`;

/** Name of the group that a selected key stands for; undefined for a parameter. */
export function groupOf(key: string): string | undefined {
	return key.startsWith('+ ') ? key.slice(2) : undefined;
}

/** Exact words first, then beginnings, then what contains the text. */
function rank({key, label}: Parameter, wanted: string): number {
	const words = `${key.replaceAll('.', ' ')} ${label}`.toLowerCase().split(' ');
	const isName = key.toLowerCase().split('.').at(-1) === wanted;
	return isName ? 0 : words.includes(wanted) ? 1 : words.some(word => word.startsWith(wanted)) ? 2 : 3;
}

/** Its place among those that a user turns first; the others share the last one. */
function turnedFirst({key}: Parameter): number {
	const at = first.indexOf(key);
	return at === -1 ? first.length : at;
}

/** The parameters that a text names, best first; the members of a family behind it. */
export function matchingParameters(text: string, configuration: Configuration): readonly Parameter[] {
	const wanted = text.trim().toLowerCase();
	return [...ordered, ...clientEntries(configuration)]
		.filter(({key}) => valueOf(configuration, key) !== undefined)
		.filter(entry => entry.key.toLowerCase().includes(wanted) || entry.label.toLowerCase().includes(wanted))
		.map(entry => ({entry, order: rank(entry, wanted)}))
		.toSorted(
			(a, b) =>
				a.order - b.order ||
				Number(a.entry.family !== undefined) - Number(b.entry.family !== undefined) ||
				turnedFirst(a.entry) - turnedFirst(b.entry) ||
				(a.entry.key < b.entry.key ? -1 : 1),
		)
		.map(({entry}) => entry);
}

/**
The lines to show: the most relevant parameters, then the groups of the table with the rest,
clients last; by name all of them without groups, by table nothing above the groups. An entry of a
family (`….<COMMAND>`) shows only under a filter. With a filter: those whose key or label contains
it, forms of single commands last.
*/
function listed(
	{filter, relevant, unfolded, order = 'effect'}: ListLook,
	configuration: Configuration,
): readonly Listed[] {
	if (filter.trim() !== '') {
		return matchingParameters(filter, configuration).map(entry => ({entry}));
	}

	const all = [...ordered, ...clientEntries(configuration)].filter(
		({key, family}) => family === undefined && valueOf(configuration, key) !== undefined,
	);
	if (order === 'name') {
		const name = ({label}: Parameter): string => label.toLowerCase();
		return all.toSorted((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0)).map(entry => ({entry}));
	}

	const top =
		order === 'table'
			? []
			: [...new Set([...relevant, ...first])]
					.flatMap(key => all.filter(entry => entry.key === key))
					.slice(0, mostRelevant);
	const rest = all.filter(entry => !top.includes(entry));
	const names = [...new Set(rest.map(({group}) => group))].toSorted((a, b) => groups.indexOf(a) - groups.indexOf(b));
	return [
		...top.map(entry => ({entry})),
		...names.flatMap((name): readonly Listed[] => {
			const members = rest.filter(({group}) => group === name);
			const open = unfolded.includes(name);
			return [{name, count: members.length, open}, ...(open ? members.map(entry => ({entry})) : [])];
		}),
	];
}

/** The keys of the list's lines in their order; a group has one too. */
export function listedKeys(look: ListLook, configuration: Configuration): readonly string[] {
	return listed(look, configuration).map(line => ('entry' in line ? line.entry.key : groupKey(line.name)));
}

/** What was asked for, with automatic values by their word: so that they go on following others. */
export function givenValue(configuration: Configuration, key: string): ParameterValue {
	return configuration.given?.[key] ?? parameter(key).automatic?.word ?? valueOf(configuration, key) ?? '';
}

/** Rows of the list for a configuration; `preset` is what `*` compares with. */
export function parameterRows(look: ListLook, current: Configuration, preset: Configuration): ParameterRow[] {
	return listed(look, current).flatMap((line): readonly ParameterRow[] => {
		if (!('entry' in line)) {
			const {name, count, open} = line;
			return [
				{
					key: groupKey(name),
					label: name,
					value: String(count),
					changed: false,
					effect: 'next-use',
					provenance: '',
					group: {count, open},
				},
			];
		}

		const {entry} = line;
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

/** Keys of what differs from the preset, in the order of the table. */
export function changedKeys(current: Configuration, preset: Configuration): readonly string[] {
	return ordered
		.map(({key}) => key)
		.filter(key => {
			const value = valueOf(current, key);
			return value !== undefined && !sameValue(value, valueOf(preset, key));
		});
}
