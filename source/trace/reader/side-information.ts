import {type SideTable, sideTable} from './side-table.js';

/**
What a row of `perf lock contention` is about: a caller, a thread (-t, or the owner with -o),
a lock (-l), or a cgroup (-g).
*/
export type LockSubject = 'caller' | 'thread' | 'owner' | 'lock' | 'cgroup';

/** A row of `perf lock contention` or `perf lock report`, times in ns. */
export type LockContentionRow = {
	readonly contended: number;
	/** Null where the table has no such column (-F). */
	readonly total: number | null;
	readonly maximum: number | null;
	readonly average: number | null;
	readonly subject: LockSubject;
	/** Spinlock, mutex …; empty where the table does not say. */
	readonly type: string;
	/** The caller, the thread's name, the lock's symbol (empty for none) or the cgroup. */
	readonly caller: string;
	/** Of a thread. */
	readonly pid?: number;
	/** Of a lock. */
	readonly address?: string;
};

/** Rows of a table, and how many lines of it could not be read. */
export type SideRows<Row> = {readonly rows: readonly Row[]; readonly unread: number};

/**
Columns of perf lock (tools/perf/builtin-lock.c, report_keys and contention_keys),
by their header without a unit.
*/
const lockColumns = ['contended', 'total wait', 'max wait', 'avg wait', 'min wait', 'acquired'];

/**
Reads the table of `perf lock contention`, as a table or with -x as lists, whatever it was grouped
by; and that of `perf lock report`.
*/
export function lockContention(text: string): SideRows<LockContentionRow> {
	const table = sideTable(
		text,
		header => header.includes('contended') && header.some(name => name.endsWith('wait')),
		lockColumns,
	);
	return rowsOf(table, (numbers, words) => {
		const contended = numbers.get('contended');
		const what = subjectOf(table?.labels ?? [], words);
		return contended === undefined || what === null
			? null
			: {
					contended,
					total: numbers.get('total wait') ?? null,
					maximum: numbers.get('max wait') ?? null,
					average: numbers.get('avg wait') ?? null,
					...what,
				};
	});
}

/** What the columns behind the figures (before them in `perf lock report`) say. */
function subjectOf(
	labels: readonly string[],
	words: readonly string[],
): Pick<LockContentionRow, 'subject' | 'type' | 'caller' | 'pid' | 'address'> | null {
	const [first = '', second = '', third = ''] = words;
	if (labels.includes('pid')) {
		return /^-?\d+$/v.test(first)
			? {
					subject: labels.includes('owner') ? 'owner' : 'thread',
					type: '',
					caller: second,
					pid: Number(first),
				}
			: null;
	}

	if (labels.includes('address')) {
		// The type stands in parentheses behind the symbol, which a lock without a name
		// lacks; with -x it is a column.
		const [, symbol = second, type = third] = /^(.*?)\s*\(([^\(\)]+)\)$/v.exec(second) ?? [];
		return /^(?:0x)?[\da-f]+$/iv.test(first)
			? {
					subject: 'lock',
					type,
					caller: symbol,
					address: first,
				}
			: null;
	}

	if (labels.includes('cgroup')) {
		return first === '' ? null : {subject: 'cgroup', type: '', caller: first};
	}

	if (labels.includes('name')) {
		return first === '' ? null : {subject: 'lock', type: '', caller: first};
	}

	return second === '' ? null : {subject: 'caller', type: first, caller: second};
}

/** A row of `perf kvm stat report`: an exit reason, how often, and how long on average (ns). */
export type KvmStatRow = {readonly reason: string; readonly samples: number; readonly average: number};

/**
Columns of `perf kvm stat report` up to perf 6.2 and since (tools/perf/builtin-kvm.c),
by their header without a unit.
*/
const kvmColumns = ['samples', 'samples%', 'sample%', 'time%', 'time', 'min time', 'max time', 'avg time', 'mean time'];

/**
Reads the table of `perf kvm stat report`: names of any spelling, of any architecture and event
(vmexit, mmio, ioport, msr …).
*/
export function kvmStat(text: string): SideRows<KvmStatRow> {
	const table = sideTable(
		text,
		header => header.includes('samples') && header.some(name => name.includes('time')),
		kvmColumns,
	);
	return rowsOf(table, (numbers, [reason = '']) => {
		const samples = numbers.get('samples');
		const average = numbers.get('avg time') ?? numbers.get('mean time');
		return samples === undefined || average === undefined || reason === '' ? null : {reason, samples, average};
	});
}

function rowsOf<Row>(
	table: SideTable | null,
	of: (numbers: ReadonlyMap<string, number>, words: readonly string[]) => Row | null,
): SideRows<Row> {
	const rows: Row[] = [];
	let unread = table?.unread ?? 0;
	for (const {numbers, words} of table?.rows ?? []) {
		const row = of(numbers, words);
		if (row === null) {
			unread++;
		} else {
			rows.push(row);
		}
	}

	return {rows, unread};
}

/** The header of /proc/interrupts: the CPUs that were online. */
const cpuHeader = /^\s*CPU\d+(?:\s+CPU\d+)*\s*$/v;

/**
The first and the last of the readings of /proc/interrupts that stand one after the
other; null for fewer than two.
*/
export function interruptReadings(text: string): {readonly before: string; readonly after: string} | null {
	const lines = text.split('\n');
	const starts = [...lines.entries()].filter(([, line]) => cpuHeader.test(line)).map(([index]) => index);
	const last = starts.at(-1);
	return starts.length < 2 || last === undefined
		? null
		: {before: lines.slice(starts[0], starts[1]).join('\n'), after: lines.slice(last).join('\n')};
}

/**
Interrupts between two readings of /proc/interrupts, by CPU (0 for one that was not online), for
lines whose name holds `name`.
*/
export function interruptDeltas(before: string, after: string, name: string): ReadonlyMap<string, readonly number[]> {
	const old = interruptCounts(before);
	const deltas = new Map<string, readonly number[]>();
	for (const [label, counts] of interruptCounts(after)) {
		if (label.includes(name)) {
			const base = old.get(label) ?? [];
			deltas.set(
				label,
				counts.map((count, cpu) => Math.max(0, count - (base[cpu] ?? 0))),
			);
		}
	}

	return deltas;
}

/** CPUs of a machine that are looked at. */
const mostCpus = 4096;

function interruptCounts(text: string): ReadonlyMap<string, readonly number[]> {
	const counts = new Map<string, readonly number[]>();
	let cpus: readonly number[] | null = null;
	for (const line of text.split('\n')) {
		if (cpuHeader.test(line)) {
			cpus = line
				.trim()
				.split(/\s+/v)
				.map(word => Number(word.slice(3)))
				.filter(cpu => cpu < mostCpus);
			continue;
		}

		const [, number, rest] = /^\s*(\w{1,10}):\s+(.*)$/v.exec(line.slice(0, 40_000)) ?? [];
		if (number === undefined) {
			continue;
		}

		const words = rest.split(/\s+/v);
		const most = cpus?.length ?? Infinity;
		const end = words.findIndex((word, index) => !/^\d{1,15}$/v.test(word) || index >= most);
		const columns = (end === -1 ? words : words.slice(0, end)).map(Number);
		const byCpu = Array.from({length: cpus === null ? columns.length : Math.max(0, ...cpus) + 1}, () => 0);
		for (const [index, count] of columns.entries()) {
			byCpu[cpus?.[index] ?? index] = count;
		}

		counts.set(`${number} ${words.slice(end === -1 ? words.length : end).join(' ')}`.trim(), byCpu);
	}

	return counts;
}
