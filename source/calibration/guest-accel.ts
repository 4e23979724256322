import {type GuestRecording, type RecordedCommand} from '../trace/recording/guest-recording.js';

/** Responses of a run from which the host had a pass of its own to go on with when it sent the interrupt. */
const longRun = 4;

/** Such runs from which it shows. */
const enoughRuns = 4;

/** Share of the runs that may have stopped in the middle of a pass: events get lost. */
const mostSplit = 0.01;

/**
Whether interrupts come at the end of the main loop's pass, as far as the guest alone shows it, in words; null where they do not or too little shows.
A vCPU under TCG takes the BQL for an interrupt, so a run of the worker finds the whole pass answered. What it leaves was published later
than the host popped, and with event indices that asks for a doorbell. A run that leaves commands for which nobody rang has stopped
in the middle of a pass.
*/
export function wholePasses({commands, kicks, irqs, runs}: GuestRecording): string | null {
	for (const queue of [0, 1]) {
		const next = new Map<number, RecordedCommand>();
		const own = commands.filter(command => command.queue === queue);
		for (let i = 1; i < own.length; i++) {
			next.set(own[i - 1].index, own[i]);
		}

		const rung = kicks.filter(kick => kick.queue === queue);
		let long = 0;
		let split = 0;
		let all = 0;
		for (const run of runs) {
			if (run.queue !== queue || run.responses.length === 0) {
				continue;
			}

			let last = -1;
			for (const {command} of run.responses) {
				last = Math.max(last, command);
			}

			const left = next.get(last);
			all++;
			long += run.responses.length >= longRun ? 1 : 0;
			split += left !== undefined && left.published <= run.start && !isRungFor(left, rung) ? 1 : 0;
		}

		if (
			long >= enoughRuns &&
			split <= mostSplit * all &&
			irqs.filter(irq => irq.queue === queue).length <= rung.length
		) {
			return `${split} of ${all} runs of the worker, ${long} of them with ${longRun} responses or more, left commands for which nobody rang again: interrupts come at the end of the main loop's pass`;
		}
	}

	return null;
}

/** Somebody rang behind the command and before its answer. */
function isRungFor({index, published, responded}: RecordedCommand, kicks: GuestRecording['kicks']): boolean {
	// The first doorbell that knew of it.
	let low = 0;
	let high = kicks.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (kicks[middle].after > index) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	return low < kicks.length && kicks[low].start >= published && kicks[low].start <= (responded ?? Infinity);
}
