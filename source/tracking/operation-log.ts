import {type Operation} from './excerpt.js';

/**
Operations that are kept at least, the newest; how far back one is looked for
that something was decided about.
*/
const most = 2000;
const reach = 40;

/** What was done with the queues, newest last, and what was decided about it. */
export class OperationLog {
	readonly all: Operation[] = [];

	add(time: number, queue: number, who: string, text: string): void {
		this.all.push({
			time,
			queue,
			who,
			text,
		});
		if (this.all.length >= 2 * most) {
			this.all.splice(0, most);
		}
	}

	/** What was decided about the last operation of a queue that begins so. */
	answer(queue: number, beginning: string, decision: string): void {
		const {all} = this;
		for (let i = all.length - 1; i >= Math.max(0, all.length - reach); i--) {
			const last = all[i];
			if (last.queue === queue && last.text.startsWith(beginning)) {
				const [name] = last.text.split('   ', 1);
				all[i] = {...last, text: `${name}   ${decision}`};
				return;
			}
		}
	}
}
