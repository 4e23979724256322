import {type GuestRecording, type RecordedCommand} from '../trace/recording/guest-recording.js';
import {Samples} from '../trace/recording/samples.js';

/**
Responses of a run from which the host had a pass of its own to go on
with when it sent the interrupt.
*/
const longRun = 4;

/** Such runs from which it shows. */
const enoughRuns = 4;

/** Share of the runs that may have stopped in the middle of a pass: events get lost. */
const mostSplit = 0.01;

/** Share of long runs that may have had several interrupts: passes may follow closely. */
const mostSeveral = 0.25;

/**
Whether interrupts come at the end of the main loop's pass, as far as the guest alone shows it, in
words; null where they do not or too little shows. A vCPU under TCG takes the BQL for an interrupt,
so a run of the worker finds the whole pass answered. What it leaves was published later than the
host popped, and with event indices that asks for a doorbell. A run that leaves commands for which
nobody rang has stopped in the middle of a pass.
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
			return (
				`${split} of ${all} runs of the worker, ${long} of them with ${longRun} responses or more, left ` +
				"commands for which nobody rang again: interrupts come at the end of the main loop's pass"
			);
		}
	}

	return null;
}

/**
The same without event indices, where each command has an interrupt of its own: those of a pass
that are sent while a vCPU waits for its end are one. In words; null where long runs of the worker
have several, or too few show.
*/
export function mergedInterrupts({irqs, runs}: Pick<GuestRecording, 'irqs' | 'runs'>): string | null {
	for (const queue of [0, 1]) {
		const entries = irqs.filter(irq => irq.queue === queue).map(({entry}) => entry);
		let next = 0;
		let long = 0;
		let several = 0;
		for (const {responses, start, end} of runs.filter(run => run.queue === queue)) {
			let count = 0;
			for (; next < entries.length && entries[next] <= (end ?? start); next++) {
				count++;
			}

			if (responses.length >= longRun) {
				long++;
				several += count > 1 ? 1 : 0;
			}
		}

		if (long >= enoughRuns && several <= mostSeveral * long) {
			return (
				`${long - several} of ${long} runs of the worker with ${longRun} responses or more had one ` +
				'interrupt, though each command sends one: they wait for the end of the pass'
			);
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

/** Interrupts from which a handler's time shows. */
const enoughInterrupts = 10;

/**
Handlers that take no longer, ns, ran on the hardware: entry, a vring's callback, queue_work and
return are some thousand instructions.
*/
const hardware = 2000;

/**
From workqueue_queue_work to irq_handler_exit so many ns are translated code: in the testbed's
recordings it is 10 us and more.
*/
const translated = 6000;

/**
Whether the interrupt handler's straight line of code ran on the hardware or was translated, in
words; null where it may be either. It waits for nothing, and where the work is for the handler's
own CPU it sends no interrupt either, so a hypervisor has no part in it.
*/
export function handlerSpeed({
	irqs,
	runs,
}: GuestRecording): {readonly accel: 'kvm' | 'tcg'; readonly how: string} | null {
	const places = new Map<number, number>();
	for (const {queued, cpu} of runs) {
		if (queued !== null) {
			places.set(queued, cpu);
		}
	}

	const whole = new Samples();
	const rest = new Samples();
	for (const {cpu, entry, queued, exit} of irqs) {
		if (queued !== null && exit !== null && cpu >= 0 && places.get(queued) === cpu) {
			whole.add(exit - entry);
			rest.add(exit - queued);
		}
	}

	if (whole.count < enoughInterrupts) {
		return null;
	}

	const words = (samples: Samples): string =>
		`${(samples.median / 1000).toFixed(0)} us in the middle of ${samples.count} interrupts whose work is ` +
		'for the same CPU';
	if (whole.median <= hardware) {
		return {
			accel: 'kvm',
			how: `the interrupt handler takes ${words(whole)}: no translated code is so fast`,
		};
	}

	return rest.median >= translated
		? {
				accel: 'tcg',
				how:
					`from workqueue_queue_work to irq_handler_exit, which waits for nothing, ${words(rest)}: ` +
					'translated code',
			}
		: null;
}
