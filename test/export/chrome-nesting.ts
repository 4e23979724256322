import {z} from 'zod';

const event = z.object({
	name: z.string(),
	ph: z.enum(['X', 'C', 'M', 's', 't', 'f']),
	pid: z.number(),
	tid: z.number(),
	ts: z.number().optional(),
	dur: z.number().optional(),
	id: z.number().optional(),
	bp: z.string().optional(),
	args: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const trace = z.object({displayTimeUnit: z.literal('ns'), traceEvents: z.array(event)});

export type ChromeTrace = z.infer<typeof trace>;

/** Reads the JSON of a Chrome trace; throws when an event has another shape. */
export function readChromeTrace(text: string): ChromeTrace {
	return trace.parse(JSON.parse(text));
}

/**
What Perfetto's importer would drop or draw wrong: it keeps a stack of slices a thread, in the order
of time and, at the same time, of the file. A slice that outlives the one around it is dropped; a
flow binds to a slice around it; a counter needs a number; a lane needs a name.
*/
export function complaintsAbout({traceEvents}: ChromeTrace): readonly string[] {
	const complaints: string[] = [];
	const stacks = new Map<string, Array<{readonly name: string; readonly end: number}>>();
	const names = new Set<string>();
	const flows = new Map<number, string>();
	let latest = -Infinity;
	for (const {name, ph, pid, tid, ts = Number.NaN, dur = Number.NaN, id = -1, args} of traceEvents) {
		const key = `${pid}/${tid}`;
		if (ph === 'M') {
			names.add(name === 'process_name' ? String(pid) : key);
			continue;
		}

		if (!(ts >= latest)) {
			complaints.push(`${name} at ${ts}: not in the order of time`);
		}

		latest = ts;
		// Whole ns, so that sums of fractions of us compare exactly.
		const start = Math.round(ts * 1000);
		const stack = stacks.get(key) ?? [];
		stacks.set(key, stack);
		if (ph === 'X') {
			const end = start + Math.round(dur * 1000);
			if (!(dur >= 0)) {
				complaints.push(`${name} at ${ts}: duration ${dur}`);
			}

			if (!names.has(key) || !names.has(String(pid))) {
				complaints.push(`${name} at ${ts}: lane ${key} has no name`);
			}

			while (stack.length > 0 && (stack.at(-1)?.end ?? 0) <= start) {
				stack.pop();
			}

			const around = stack.at(-1);
			if (around !== undefined && around.end < end) {
				complaints.push(`${name} at ${ts} for ${dur}: outlives ${around.name}`);
			}

			stack.push({name, end});
		} else if (ph === 'C') {
			if (!Object.values(args ?? {}).every(value => typeof value === 'number' && Number.isFinite(value))) {
				complaints.push(`counter ${name} at ${ts} is no number`);
			}
		} else {
			if (!stack.some(({end}) => end >= start)) {
				complaints.push(`flow ${ph} ${id} at ${ts}: no slice on ${key}`);
			}

			if ((ph === 's') === flows.has(id)) {
				complaints.push(`flow ${ph} ${id} at ${ts}: after ${flows.get(id) ?? 'nothing'}`);
			}

			flows.set(id, ph);
		}
	}

	return complaints;
}
