import {Cost} from '../engine/cost.js';
import {Distribution, type DistributionSpec} from '../engine/distribution.js';
import {
	type Choice,
	type ChoiceParameter,
	type DistributionParameter,
	type Effect,
	effectRank,
	type Parameter,
	type ParameterValue,
} from './parameter.js';

/** The value of a row of the table. */
export type ValueOf<Row extends Parameter> = Row extends ChoiceParameter
	? Row['choices'][number]['value']
	: Row extends DistributionParameter
		? DistributionSpec
		: Row extends {readonly type: 'boolean'}
			? boolean
			: number;

/** Values of rows by key, nothing left at `auto`. */
export type ValuesOf<Row extends Parameter> = {readonly [Each in Row as Each['key']]: ValueOf<Each>};

type Plain<Row> = Exclude<Row, {readonly type: 'distribution'}>;
type Drawn<Row> = Extract<Row, {readonly type: 'distribution'}>;
type FieldOf<Row> = Row extends {readonly sets: infer Field extends string} ? Field : never;
type Listed<Value, Row> = Row extends {readonly element: number} ? Value[] : Value;
type Sets<Row> = Row extends {readonly choices: ReadonlyArray<infer Each extends Choice>}
	? Each extends {readonly sets: infer Fields}
		? Fields
		: never
	: never;
type KeysOf<Union> = Union extends Union ? keyof Union : never;
type MemberOf<Union, Field> = Union extends unknown ? (Field extends keyof Union ? Union[Field] : never) : never;
type Widened<Value> = Value extends boolean ? boolean : Value extends number ? number : Value;

/** What the choices of rows set, whichever is chosen. */
export type ChoiceSetsOf<Row> = {-readonly [Field in KeysOf<Sets<Row>>]: Widened<MemberOf<Sets<Row>, Field>>};

/**
The settings that rows make: a field for each that `sets` one, and what their
choices set. Distributions are costs.
*/
export type SettingsOf<Row extends Parameter> = ChoiceSetsOf<Row> & {
	-readonly [Each in Plain<Row> as FieldOf<Each>]: Listed<ValueOf<Each>, Each>;
};

/**
The costs that rows make: each that is drawn for a command a distribution, the others with
a random stream of their place.
*/
export type CostsOf<Row extends Parameter> = {
	readonly [Each in Drawn<Row> as FieldOf<Each>]: Each extends
		{readonly element: number} | {readonly elements: number}
		? readonly Distribution[]
		: Each extends {readonly byCommand: true}
			? Distribution
			: Cost;
};

type Values<Row extends Parameter> = {readonly [Each in Row as Each['key']]: ParameterValue};

/** Settings with the values that they begin with. */
export function settingsOf<const Row extends Parameter>(rows: readonly Row[], values: Values<Row>): SettingsOf<Row> {
	const fields: Record<string, unknown> = {};
	for (const row of rows) {
		write(fields, row, valueOf(values, row));
	}

	const copy: unknown = shaped(fields);
	return copy as SettingsOf<Row>;
}

/** JSON of an object by the names of its fields. */
const shapes = new Map<string, string>();

/**
Stores by a computed name made a hash table of it; a copy has its fields at fixed places. Objects
that are parsed from one text have one hidden class, where a spread makes a class for each: code
that was compiled for one simulation runs as well with the next.
*/
function shaped(fields: Readonly<Record<string, unknown>>): object {
	const names = Object.keys(fields).join(' ');
	const shape =
		shapes.get(names) ??
		JSON.stringify(fields, (name, value: unknown) => (name === '' || typeof value !== 'object' ? value : null));
	shapes.set(names, shape);
	return Object.assign(JSON.parse(shape) as object, fields);
}

/**
Takes over what a change with this effect does: what acts at its next use, and behind a device
reset all but what needs a new run.
*/
export function updateSettings<const Row extends Parameter>(
	settings: SettingsOf<Row>,
	rows: readonly Row[],
	values: Values<Row>,
	effect: Effect,
): void {
	for (const row of rows) {
		if (effectRank[row.effect] <= effectRank[effect]) {
			write(settings, row, valueOf(values, row));
		}
	}
}

/** Costs with the distributions that they begin with. */
export function costsOf<const Row extends Parameter>(
	rows: readonly Row[],
	values: Values<Row>,
	seed: number,
): CostsOf<Row> {
	const fields: Record<string, Cost | Distribution | Distribution[]> = {};
	for (const row of rows) {
		const {sets, element} = row;
		if (row.type !== 'distribution' || sets === undefined) {
			continue;
		}

		const spec = distributionAt(values, row);
		if (row.elements !== undefined) {
			fields[sets] = Array.from({length: row.elements}, () => new Distribution(spec));
		} else if (element !== undefined) {
			const list = fields[sets] ?? [];
			fields[sets] = list;
			Reflect.set(list, element, new Distribution(spec));
		} else {
			fields[sets] = row.byCommand === true ? new Distribution(spec) : new Cost(seed, row.key, spec);
		}
	}

	const copy: unknown = shaped(fields);
	return copy as CostsOf<Row>;
}

/** Takes over new distributions; draws go on where they were. */
export function updateCosts<const Row extends Parameter>(
	costs: CostsOf<Row>,
	rows: readonly Row[],
	values: Values<Row>,
): void {
	const fields: Readonly<Record<string, Cost | Distribution | readonly Distribution[]>> = costs;
	for (const row of rows) {
		if (row.type !== 'distribution' || row.sets === undefined) {
			continue;
		}

		const field = fields[row.sets];
		const spec = distributionAt(values, row);
		if (field instanceof Cost || field instanceof Distribution) {
			field.set(spec);
		} else if (row.element === undefined) {
			for (const each of field) {
				each.set(spec);
			}
		} else {
			field[row.element].set(spec);
		}
	}
}

function write(fields: object, row: Parameter, value: ParameterValue): void {
	if (row.type === 'distribution') {
		return;
	}

	if (row.type === 'choice') {
		Object.assign(fields, row.choices.find(choice => choice.value === value)?.sets);
	}

	if (row.sets === undefined) {
		return;
	}

	if (row.element === undefined) {
		Reflect.set(fields, row.sets, value);
	} else {
		const list: object = (Reflect.get(fields, row.sets) as object | undefined) ?? [];
		Reflect.set(list, row.element, value);
		Reflect.set(fields, row.sets, list);
	}
}

function valueOf(values: Readonly<Record<string, ParameterValue>>, {key}: Parameter): ParameterValue {
	return values[key];
}

/** The value of a distribution. One that is none is a fault of ours. */
function distributionAt(values: Readonly<Record<string, ParameterValue>>, row: Parameter): DistributionSpec {
	const value = values[row.key];
	if (typeof value !== 'object') {
		throw new TypeError(`${row.key} is no distribution`);
	}

	return value;
}
