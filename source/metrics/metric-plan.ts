import {holderPhases, waiterRoles} from './metric-names.js';
import {type Row, type Rows} from './metric-row.js';
import {machineRows, queueRows} from './metric-rows.js';

/** A metric of a run: its path, and the way to it in the JSON; a number is a place in a list. */
export type Planned = {
	readonly path: string;
	readonly keys: ReadonlyArray<string | number>;
	readonly row: Row;
	readonly queue: 0 | 1;
	/** Number of the vCPU, the client, or the cell that it is of. */
	readonly member: number;
};

/** What a run or a recording has that its metrics are of. */
export type PlanOptions = {
	readonly vcpus: number;
	/** Names of paced clients with their numbers. */
	readonly paced: ReadonlyArray<{readonly name: string; readonly index: number}>;
	readonly hasCursor: boolean;
};

/** What a name in a path stands for. */
type Member = {readonly keys: ReadonlyArray<string | number>; readonly path: string; readonly member: number};

/** Plans that were made lately, by what they are of: searches make thousands of runs of a kind. */
const made = new Map<string, MetricPlan>();
const mostMade = 16;

/** All metrics of a run in the order of a report, with names and numbers in their paths. */
export class MetricPlan {
	/** The plan of such runs, which all of them share. */
	static of(options: PlanOptions): MetricPlan {
		const name = JSON.stringify([options.vcpus, options.paced, options.hasCursor]);
		const known = made.get(name);
		if (known !== undefined) {
			return known;
		}

		if (made.size >= mostMade) {
			made.clear();
		}

		const plan = new MetricPlan(options);
		made.set(name, plan);
		return plan;
	}

	/** What is evaluated, and no state of a run. */
	readonly transient = true;
	readonly entries: readonly Planned[];
	private readonly byPath: ReadonlyMap<string, Planned>;

	constructor({vcpus, paced, hasCursor}: PlanOptions) {
		const clients = paced.map(({name, index}) => ({name, member: index}));
		const guest = Array.from({length: vcpus}, (_, vcpu) => vcpu);
		const planned = (rows: Rows, queue: 0 | 1, prefix: readonly string[]): readonly Planned[] =>
			Object.entries(rows).flatMap(([general, row]) =>
				membersOf(general, guest, clients).map(({keys, path, member}): Planned => ({
					path: [...prefix, path].join('.'),
					keys: [...prefix, ...keys],
					row,
					queue,
					member,
				})),
			);
		this.entries = [
			...planned(queueRows, 0, []),
			...planned(machineRows, 0, []),
			...(paced.length === 0 ? [absent('frames')] : []),
			...(hasCursor ? planned(queueRows, 1, ['cursor']) : [absent('cursor')]),
		];
		this.byPath = new Map(this.entries.map(entry => [entry.path, entry]));
	}

	/** Undefined where this run has no such metric. */
	at(path: string): Planned | undefined {
		return this.byPath.get(path);
	}
}

/** A branch that is null as a whole. */
function absent(path: string): Planned {
	return {
		path,
		keys: [path],
		row: {
			label: path,
			short: path,
			unit: '',
			words: '',
			from: {counters: [], value: () => null},
		},
		queue: 0,
		member: 0,
	};
}

/**
The metrics that a path of the table stands for: one a cell of the matrix, a vCPU or a client.
*/
function membersOf(
	general: string,
	vcpus: readonly number[],
	clients: ReadonlyArray<{readonly name: string; readonly member: number}>,
): readonly Member[] {
	const parts = general.split('.');
	const named = (mark: string, name: string, member: number): Member => ({
		keys: parts.map(part => (part === mark ? name : part)),
		path: general.replace(mark, name),
		member,
	});
	if (general.includes('<client>')) {
		return clients.map(({name, member}) => named('<client>', name, member));
	}

	if (general.includes('<holder>')) {
		return holderPhases.flatMap((holder, row) =>
			waiterRoles.map((waiter, column): Member => ({
				keys: parts.map(part => (part === '<holder>' ? holder : part === '<waiter>' ? waiter : part)),
				path: general.replace('<holder>', holder).replace('<waiter>', waiter),
				member: row * waiterRoles.length + column,
			})),
		);
	}

	if (general.includes('[i]')) {
		return vcpus.map((vcpu): Member => ({
			keys: parts.flatMap(part => (part.endsWith('[i]') ? [part.slice(0, -3), vcpu] : [part])),
			path: general.replace('[i]', `[${vcpu}]`),
			member: vcpu,
		}));
	}

	return [{keys: parts, path: general, member: 0}];
}
