import {Cpu} from '../../source/cpu/cpu.js';
import {keepLag, pickNext, pickWithBuddy, placeThread, renewDeadline, requeueDelayed} from '../../source/cpu/eevdf.js';
import {schedulerSettings, type SchedulerSettings} from '../../source/cpu/scheduler-settings.js';
import {Thread, threadState} from '../../source/cpu/thread.js';

/** Who is chosen when nobody of the traced program is. */
const idle = -2;

/** Until the system call returns in which a thread wakes another, and it is switched off, ns. */
const moment = 60_000;

/**
The scheduler's rules over what a kernel did on one CPU: `TIME w WAKER WAKEE` (us, threads by
number) and `TIME s|r PREVIOUS NEXT`, a switch from a thread that sleeps or could go on; -1 is
somebody else, -2 the idle thread. Each thread follows the trace, and each wake-up by the running
thread is a question: does the one that is woken take its CPU at once?
*/
export class SchedulerReplay {
	right = 0;
	wrong = 0;
	private readonly settings: SchedulerSettings;
	private readonly threads: Thread[];
	private readonly cpu: Cpu;
	private readonly asked: Array<{readonly wakee: number; readonly taken: boolean; readonly time: number}> = [];

	constructor(rules: Partial<SchedulerSettings>, threads: number) {
		this.settings = {...schedulerSettings(), ...rules};
		this.threads = Array.from({length: threads}, (_, id) => new Thread(id, 0, 0));
		this.cpu = new Cpu(0, 0, 0, threads, false);
	}

	line(text: string): void {
		const [time, kind, first, second] = text.split(' ');
		this.account(Number(time) * 1000);
		if (kind === 'w') {
			this.wake(Number(first), Number(second));
		} else {
			this.answer(kind, Number(second));
			this.leave(kind);
			this.enter(Number(second));
		}
	}

	private account(now: number): void {
		const {cpu, threads} = this;
		if (cpu.current >= 0) {
			threads[cpu.current].vruntime += now - cpu.accounted;
			renewDeadline(threads[cpu.current], this.settings.timeslice);
		}

		cpu.accounted = now;
	}

	private wake(waker: number, wakee: number): void {
		const {cpu, threads, settings} = this;
		const thread = threads[wakee];
		if (thread.state !== threadState.sleeping) {
			return;
		}

		if (thread.delayed) {
			thread.delayed = false;
			requeueDelayed(cpu, threads, thread, settings.timeslice);
		} else {
			placeThread(cpu, threads, thread, settings.timeslice);
			cpu.enqueue(wakee);
		}

		thread.state = threadState.queued;
		cpu.buddy = settings.nextBuddy ? wakee : -1;
		if (waker === cpu.current && waker >= 0) {
			const taken = pickWithBuddy(cpu, threads, settings.runToParity) === wakee;
			this.asked.push({wakee, taken, time: cpu.accounted});
		}
	}

	private answer(kind: string, next: number): void {
		for (const {wakee, taken, time} of this.asked.splice(0)) {
			const took = kind === 'r' && next === wakee && this.cpu.accounted - time < moment;
			this.right += took === taken ? 1 : 0;
			this.wrong += took === taken ? 0 : 1;
		}
	}

	private leave(kind: string): void {
		const {cpu, threads} = this;
		if (cpu.current < 0) {
			return;
		}

		const thread = threads[cpu.current];
		if (kind === 'r') {
			thread.state = threadState.queued;
			cpu.enqueue(thread.id);
		} else {
			thread.state = threadState.sleeping;
			keepLag(cpu, threads, thread, this.settings.timeslice);
			if (thread.lag < 0 && cpu.queued > 0) {
				thread.delayed = true;
				cpu.enqueue(thread.id);
			}
		}

		cpu.current = -1;
	}

	private enter(next: number): void {
		const {cpu, threads, settings} = this;
		// Delayed sleepers that come first leave the queue, all of them when the CPU idles.
		if (next >= 0 || next === idle) {
			pickNext(cpu, threads, settings, cpu.accounted);
		}

		if (next < 0) {
			return;
		}

		const thread = threads[next];
		if (thread.state === threadState.sleeping) {
			thread.delayed = false;
			placeThread(cpu, threads, thread, settings.timeslice);
		}

		cpu.dequeue(next);
		cpu.buddy = -1;
		cpu.current = next;
		thread.state = threadState.running;
		thread.deadlineAtPick = thread.deadline;
	}
}
