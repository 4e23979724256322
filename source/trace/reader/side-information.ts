/** A row of `perf lock contention`, times in ns. */
export type LockContentionRow = {
	readonly contended: number;
	readonly total: number;
	readonly maximum: number;
	readonly average: number;
	readonly type: string;
	readonly caller: string;
};

const units: Readonly<Record<string, number>> = {
	h: 3_600_000_000_000, m: 60_000_000_000, s: 1_000_000_000, ms: 1_000_000, us: 1000, ns: 1,
};

/** Reads the table of `perf lock contention`; rows of other forms are left out. */
export function lockContentionRows(text: string): readonly LockContentionRow[] {
	const rows: LockContentionRow[] = [];
	for (const line of text.split('\n')) {
		const [, contended, total, totalUnit, maximum, maximumUnit, average, averageUnit, type, caller]
			= /^\s*(\d{1,12})\s+(\d+(?:\.\d+)?) ?(h|m|s|ms|us|ns)\s+(\d+(?:\.\d+)?) ?(h|m|s|ms|us|ns)\s+(\d+(?:\.\d+)?) ?(h|m|s|ms|us|ns)\s+(\S+)\s+(\S.*)$/v.exec(line.slice(0, 1000)) ?? [];
		if (contended !== undefined) {
			rows.push({
				contended: Number(contended),
				total: Number(total) * units[totalUnit],
				maximum: Number(maximum) * units[maximumUnit],
				average: Number(average) * units[averageUnit],
				type,
				caller: caller.trim(),
			});
		}
	}

	return rows;
}

/** A row of `perf kvm stat report`: an exit reason, how often, and how long on average (ns). */
export type KvmStatRow = {readonly reason: string; readonly samples: number; readonly average: number};

/** Reads the table of `perf kvm stat report`. */
export function kvmStatRows(text: string): readonly KvmStatRow[] {
	const rows: KvmStatRow[] = [];
	for (const line of text.split('\n')) {
		const [, reason, samples, average]
			= /^\s*([A-Z][A-Z_\d]{1,40})\s+(\d{1,12})\s+[\d.]+%\s+[\d.]+%\s+[\d.]+us\s+[\d.]+us\s+(\d+(?:\.\d+)?)us/v.exec(line.slice(0, 1000)) ?? [];
		if (reason !== undefined) {
			rows.push({reason, samples: Number(samples), average: Number(average) * 1000});
		}
	}

	return rows;
}

/** Interrupts between two readings of /proc/interrupts, by CPU, for lines whose name holds `name`. */
export function interruptDeltas(before: string, after: string, name: string): ReadonlyMap<string, readonly number[]> {
	const old = interruptCounts(before);
	const deltas = new Map<string, readonly number[]>();
	for (const [label, counts] of interruptCounts(after)) {
		if (label.includes(name)) {
			const base = old.get(label) ?? [];
			deltas.set(label, counts.map((count, cpu) => Math.max(0, count - (base[cpu] ?? 0))));
		}
	}

	return deltas;
}

function interruptCounts(text: string): ReadonlyMap<string, readonly number[]> {
	const counts = new Map<string, readonly number[]>();
	for (const line of text.split('\n')) {
		const [, number, rest] = /^\s*(\w{1,10}):\s+(.*)$/v.exec(line.slice(0, 4000)) ?? [];
		if (number === undefined) {
			continue;
		}

		const words = rest.split(/\s+/v);
		const end = words.findIndex(word => !/^\d{1,15}$/v.test(word));
		const columns = (end === -1 ? words : words.slice(0, end)).map(Number);
		counts.set(`${number} ${words.slice(end === -1 ? words.length : end).join(' ')}`.trim(), columns);
	}

	return counts;
}
