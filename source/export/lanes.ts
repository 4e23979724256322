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

/**
Entries of an export in the order of their ends. What is from before `from` (ns) is cut there.
*/
export class Lanes {
	readonly events: ChromeEvent[] = [];
	private readonly from: number;

	constructor(from: number) {
		this.from = from;
	}

	/**
	A slice of a lane. Slices of a lane nest, which viewers ask for; give
	inner ones first. Times in ns.
	*/
	slice(
		pid: number,
		tid: number,
		start: number,
		end: number,
		name: string,
		args?: Readonly<Record<string, string | number>>,
	): void {
		if (end < this.from || (end === this.from && start < this.from)) {
			return;
		}

		const from = Math.max(start, this.from);
		this.add({
			name,
			ph: 'X',
			pid,
			tid,
			ts: from / 1000,
			dur: (end - from) / 1000,
			...(args === undefined ? {} : {args}),
		});
	}

	counter(pid: number, time: number, name: string, value: number): void {
		if (time >= this.from) {
			this.add({
				name,
				ph: 'C',
				pid,
				tid: 0,
				ts: time / 1000,
				args: {value},
			});
		}
	}

	flow(ph: 's' | 't' | 'f', pid: number, tid: number, time: number, id: number): void {
		this.add({
			name: 'command',
			cat: 'command',
			ph,
			id,
			pid,
			tid,
			ts: time / 1000,
			...(ph === 's' ? {} : {bp: 'e'}),
		});
	}

	private add(event: ChromeEvent): void {
		refuseTooLong(this.events.length);
		this.events.push(event);
	}
}
