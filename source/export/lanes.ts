import {refuseTooLong} from './too-long.js';

/** An entry of a Chrome trace, times in us. */
export type ChromeEvent = {
	readonly name: string;
	readonly ph: 'X' | 'C' | 'M' | 's' | 't' | 'f' | 'i';
	readonly pid: number;
	readonly tid: number;
	readonly ts?: number;
	readonly dur?: number;
	readonly cat?: string;
	readonly id?: number;
	readonly bp?: 'e';
	readonly s?: 't';
	readonly args?: Readonly<Record<string, string | number>>;
};

type Open = {readonly name: string; readonly start: number; readonly args?: Readonly<Record<string, string | number>>};

/**
Slices on lanes, each lane a stack: what is opened inside a slice is closed before it, so
slices nest, which viewers ask for. Slices from before `from` (ns) are cut there.
*/
export class Lanes {
	readonly events: ChromeEvent[] = [];
	private readonly from: number;
	private readonly open = new Map<string, Open[]>();

	constructor(from: number) {
		this.from = from;
	}

	start(pid: number, tid: number, time: number, name: string, args?: Readonly<Record<string, string | number>>): void {
		const key = `${pid} ${tid}`;
		const stack = this.open.get(key);
		const slice: Open = args === undefined ? {name, start: time} : {name, start: time, args};
		if (stack === undefined) {
			this.open.set(key, [slice]);
		} else {
			stack.push(slice);
		}
	}

	/** Ends the slice of that name and whatever is open inside it; nothing when there is none. */
	end(pid: number, tid: number, time: number, name: string): void {
		const stack = this.open.get(`${pid} ${tid}`) ?? [];
		if (stack.some(slice => slice.name === name)) {
			for (let slice = stack.pop(); slice !== undefined; slice = stack.pop()) {
				this.write(pid, tid, slice, time);
				if (slice.name === name) {
					break;
				}
			}
		}
	}

	/** Ends all of a lane. */
	endAll(pid: number, tid: number, time: number): void {
		const stack = this.open.get(`${pid} ${tid}`) ?? [];
		for (let slice = stack.pop(); slice !== undefined; slice = stack.pop()) {
			this.write(pid, tid, slice, time);
		}
	}

	/** Whether a slice is open on a lane. */
	isOpen(pid: number, tid: number): boolean {
		return (this.open.get(`${pid} ${tid}`) ?? []).length > 0;
	}

	counter(pid: number, time: number, name: string, value: number): void {
		if (time >= this.from) {
			this.add({
				name, ph: 'C', pid, tid: 0, ts: time / 1000, args: {value},
			});
		}
	}

	flow(ph: 's' | 't' | 'f', pid: number, tid: number, time: number, id: number): void {
		this.add({
			name: 'command', cat: 'command', ph, id, pid, tid, ts: time / 1000, ...(ph === 's' ? {} : {bp: 'e'}),
		});
	}

	/** Ends everything at the end of the export. */
	finish(time: number): void {
		for (const key of this.open.keys()) {
			const [pid, tid] = key.split(' ').map(Number);
			this.endAll(pid, tid, time);
		}
	}

	private write(pid: number, tid: number, {name, start, args}: Open, end: number): void {
		if (end < this.from || (end === this.from && start < this.from)) {
			return;
		}

		const from = Math.max(start, this.from);
		this.add({
			name, ph: 'X', pid, tid, ts: from / 1000, dur: (end - from) / 1000, ...(args === undefined ? {} : {args}),
		});
	}

	private add(event: ChromeEvent): void {
		refuseTooLong(this.events.length);
		this.events.push(event);
	}
}
