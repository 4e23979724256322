import {type CountersOf, type Rows} from './metric-row.js';
import {machineRows, queueRows} from './metric-rows.js';
import {type CountRule} from './source.js';

type MachineRows = typeof machineRows;
type VcpuPath = keyof MachineRows & `${string}[i]${string}`;
type ClientPath = keyof MachineRows & `${string}<client>${string}`;

/**
Counters of which there is one a queue, a vCPU, a client, or one: by the paths
of the metrics that need them.
*/
export type QueueCounter = CountersOf<typeof queueRows>;
export type VcpuCounter = CountersOf<Pick<MachineRows, VcpuPath>>;
export type ClientCounter = CountersOf<Pick<MachineRows, ClientPath>>;
export type SharedCounter = Exclude<CountersOf<MachineRows>, QueueCounter | VcpuCounter | ClientCounter>;

/** The counters of one queue, of one vCPU …: where each stands, and how long they are together. */
type Block = {readonly offsets: ReadonlyMap<string, number>; readonly length: number};

/** Numbers the counters of these metrics in the order in which the table names them. */
function blockOf(rows: Rows, others: readonly Block[] = []): Block {
	const offsets = new Map<string, number>();
	let length = 0;
	for (const {from} of Object.values(rows)) {
		for (const {name, cells} of from.counters) {
			if (!offsets.has(name) && !others.some(block => block.offsets.has(name))) {
				offsets.set(name, length);
				length += cells;
			}
		}
	}

	return {offsets, length};
}

function only(rows: Rows, mark: string): Rows {
	return Object.fromEntries(Object.entries(rows).filter(([path]) => path.includes(mark)));
}

const queueBlock = blockOf(queueRows);
const vcpuBlock = blockOf(only(machineRows, '[i]'));
const clientBlock = blockOf(only(machineRows, '<client>'));
const sharedBlock = blockOf(machineRows, [queueBlock, vcpuBlock, clientBlock]);

function numbers<C extends string>({offsets}: Block): Readonly<Record<C, number>> {
	return Object.fromEntries(offsets) as Record<C, number>;
}

/**
Places of counters in the block of a queue, a vCPU, a client, and of what they share; of a counter
with cells the first one. Times in ns, integrals in slots (or commands) times ns.
*/
export const queueCounter = numbers<QueueCounter>(queueBlock);
export const vcpuCounter = numbers<VcpuCounter>(vcpuBlock);
export const clientCounter = numbers<ClientCounter>(clientBlock);
export const sharedCounter = numbers<SharedCounter>(sharedBlock);

/**
The counters that the table itself tells how to count, with their places in the block of a queue.
*/
export const countRules: ReadonlyArray<{readonly place: number; readonly rule: CountRule}> = Object.values(
	queueRows as Rows,
)
	.flatMap(({from}) => from.counters)
	.flatMap(({name, rule}) => (rule === undefined ? [] : [{place: queueBlock.offsets.get(name) ?? 0, rule}]));

/** Where each counter of a run stands in one array of numbers. All only grow. */
export class CounterLayout {
	readonly vcpus: number;
	readonly clients: number;
	readonly length: number;

	constructor(vcpus: number, clients: number) {
		this.vcpus = vcpus;
		this.clients = clients;
		this.length = this.client(clients);
	}

	queue(queue: number): number {
		return queue * queueBlock.length;
	}

	get shared(): number {
		return 2 * queueBlock.length;
	}

	vcpu(vcpu: number): number {
		return this.shared + sharedBlock.length + vcpu * vcpuBlock.length;
	}

	client(client: number): number {
		return this.vcpu(this.vcpus) + client * clientBlock.length;
	}

	/**
	The place of a counter by its name: of this queue, and of this vCPU or
	client if it is one of theirs.
	*/
	at(name: string, queue: number, member: number): number {
		const own = queueBlock.offsets.get(name);
		if (own !== undefined) {
			return this.queue(queue) + own;
		}

		const shared = sharedBlock.offsets.get(name);
		if (shared !== undefined) {
			return this.shared + shared;
		}

		const ofVcpu = vcpuBlock.offsets.get(name);
		return ofVcpu === undefined
			? this.client(member) + (clientBlock.offsets.get(name) ?? Number.NaN)
			: this.vcpu(member) + ofVcpu;
	}
}
