/**
One thing done wrong: `find` occurs exactly once in `file` of source/ and is replaced; `tests` are
nearest to it.
*/
export type ProgramMutation = {
	readonly file: string;
	readonly wrong: string;
	readonly find: string;
	readonly replace: string;
	/** Files of test/. */
	readonly tests: readonly string[];
};

/** By the tests that are nearest: file, what is wrong, text, its replacement. */
const rows: ReadonlyArray<
	readonly [tests: readonly string[], cases: ReadonlyArray<readonly [string, string, string, string]>]
> = [
	[
		['cpu/placement.test.ts'],
		[
			['cpu/placement.ts', 'WA_BIAS is larger', 'const bias = 1.08;', 'const bias = 1.5;'],
			['cpu/placement.ts', 'there is no WA_BIAS', 'const bias = 1.08;', 'const bias = 1;'],
			[
				'cpu/placement.ts',
				'wake_affine takes the busier CPU',
				'? waker : thread.cpu;\n\t}',
				'? thread.cpu : waker;\n\t}',
			],
			['cpu/placement.ts', 'full CPUs are searched', 'this.scan = x >= 1 ? 0 :', 'this.scan = x >= 1 ? 4 :'],
			['cpu/placement.ts', 'a pinned thread moves', 'if (thread.pinned >= 0) {', 'if (thread.pinned > 99) {'],
		],
	],
	[
		['cpu/balancer.test.ts', 'cpu/cpu-set.test.ts'],
		[
			[
				'cpu/balancer.ts',
				'a thread with hot caches moves',
				'>= this.settings.migrationCost',
				'>= 0 * this.settings.migrationCost',
			],
			['cpu/balancer.ts', 'a pinned thread is pulled', 'thread.pinned < 0 &&\n', 'thread.pinned < 99 &&\n'],
			[
				'cpu/balancer.ts',
				'newidle always looks',
				'newidle > 0 && this.chance.uniform() < newidle',
				'newidle > 0',
			],
		],
	],
	[
		['cpu/eevdf.test.ts', 'cpu/cpu-set.test.ts'],
		[
			['cpu/eevdf.ts', 'lag is not inflated', '(thread.lag * (others + 1)) / others', 'thread.lag'],
			['cpu/eevdf.ts', 'lag is kept to one slice', 'const limit = 2 * slice;', 'const limit = slice;'],
			['cpu/eevdf.ts', 'lag is forgotten', 'thread.vruntime = v - lag;', 'thread.vruntime = v;'],
		],
	],
	[
		['cpu/cpu-set.test.ts'],
		[
			[
				'cpu/cpu-set.ts',
				'no delayed dequeue',
				'if (thread.lag < 0 && cpu.queued > 0) {',
				'if (thread.lag < -1e15) {',
			],
			[
				'cpu/cpu-set.ts',
				'a spinlock holder is preempted at once',
				'if (thread.preemptCount === 0 && cpu.needResched) {',
				'if (cpu.needResched && thread.id > 1e6) {',
			],
			[
				'cpu/cpu-ticks.ts',
				'a tick asks for no choice',
				'cpu.needResched = true;',
				'cpu.needResched = cpu.needResched;',
			],
		],
	],
	[
		['cpu/locks.test.ts'],
		[
			['cpu/mutex.ts', 'the last sleeper is woken', 'this.sleepers[0];', 'this.sleepers[this.sleeping - 1];'],
			[
				'cpu/spinlock.ts',
				'qspinlock: anybody may take it',
				"this.kind !== 'test-and-set' &&\n\t\t\t(this.kind",
				"this.kind === 'test-and-set' &&\n\t\t\t(this.kind",
			],
		],
	],
	[
		['cpu/cpu-clock.test.ts'],
		[
			['cpu/cpu-clock.ts', 'cold caches cost nothing', 'cpu.cold += Math.floor', 'cpu.cold += 0 * Math.floor'],
			['cpu/cpu-clock.ts', 'empty caches lose as much again', '(full - cpu.cold) * lost', 'full * lost'],
		],
	],
	[
		['metrics/lock-tracker.test.ts'],
		[
			[
				'metrics/lock-tracker.ts',
				'a hold is timed from 0',
				'this.hold.add(time - this.taken);',
				'this.hold.add(time);',
			],
			[
				'metrics/lock-tracker.ts',
				'contention counts each spinner',
				'+= passed;\n',
				'+= passed * this.spinners;\n',
			],
			[
				'metrics/lock-tracker.ts',
				'when a wait began is not known',
				'this.since[thread] = time;',
				'this.since[thread] = 0;',
			],
			[
				'metrics/lock-tracker.ts',
				"a doorbell of another is the holder's",
				'if (thread === this.owner) {\n\t\t\tthis.phase = forced',
				'if (thread >= 0) {\n\t\t\tthis.phase = forced',
			],
		],
	],
	[
		['metrics/command-tracker.test.ts'],
		[
			[
				'metrics/command-tracker.ts',
				'a used command was never served',
				'if (this.rows[row + at.served] < 0) {',
				'if (row < 0) {',
			],
			[
				'metrics/command-tracker.ts',
				'the wait for the lock is that of the last try',
				'this.rows[row + at.lockWait] += ',
				'this.rows[row + at.lockWait] = ',
			],
			[
				'metrics/command-tracker.ts',
				'the wait for room is that of the last try',
				'rows[row + at.ringWait] += ',
				'rows[row + at.ringWait] = ',
			],
			['metrics/command-tracker.ts', 'young commands are unfinished', 'age > oldest', 'age > 0'],
			[
				'metrics/command-tracker.ts',
				'the doorbell of the pass before',
				'shared.doorbell = shared.nextDoorbell;',
				'',
			],
		],
	],
	[
		['metrics/tiny-run.test.ts'],
		[
			[
				'metrics/command-tracker.ts',
				'the interrupt of a run is not its own',
				'this.shared[queue].irqOfRun = this.shared[queue].irqOfWork;',
				'',
			],
		],
	],
	[
		['metrics/window-series.test.ts'],
		[
			['metrics/window-series.ts', 'a window has what the one before had', 'from === 0 ? 0 :', 'from >= 0 ? 0 :'],
			['metrics/window-series.ts', 'the largest in flight is the last', 'Math.max(maxInFlight, ', 'Math.max(0, '],
		],
	],
	[
		['tracking/culprit.test.ts'],
		[
			[
				'tracking/culprit.ts',
				'what a holder waited for before counts',
				'Math.max(last.start, hold.start)',
				'last.start',
			],
			['tracking/culprit.ts', 'what a holder waits for after counts', 'Math.min(last.end, hold.end)', 'last.end'],
			[
				'tracking/culprit.ts',
				'three tenths of the time are the least',
				'const least = 0.1;',
				'const least = 0.3;',
			],
			[
				'tracking/culprit.ts',
				'the last of equal holds',
				'other.start < span.start ||',
				'other.start > span.start ||',
			],
			[
				'tracking/culprit.ts',
				'who waits has it himself',
				'resource === wait.resource && actor !== wait.actor',
				'resource === wait.resource',
			],
		],
	],
	[
		['run/timeline.test.ts'],
		[
			[
				'run/act-list.ts',
				'what was done later is done again after a change',
				'this.list.length = this.done;',
				'',
			],
			['run/moments.ts', 'a moment of the time itself', 'moment.time < time', 'moment.time <= time'],
			['run/instruments.ts', 'instruments keep what they know', 'instrument.restore(images[name]);', ''],
			['run/timeline.ts', 'a cut is no act', 'this.add({at: this.now, events: this.events});', ''],
		],
	],
	[
		['session/session.test.ts'],
		[
			['session/run-history.ts', 'undo can not be redone', 'to.push(last);', ''],
			['session/run-history.ts', 'a change leaves what can be redone', 'this.redos.length = 0;', ''],
			['session/session.ts', 'undo sets what was set', "kind: 'set', from, to}", "kind: 'set', from: to, to}"],
			['session/going-on.ts', 'a step does not pause', 'this.paused = true;\n\t\tthis.stepping', 'this.stepping'],
			['session/going-on.ts', 'a frame is two columns', '/ column) + 1)', '/ column) + 2)'],
			[
				'session/looked-at.ts',
				'the share line begins elsewhere',
				'from: run.measuredFrom,',
				'from: run.measuredFrom + 1,',
			],
		],
	],
	[
		['session/pacer.test.ts'],
		[
			[
				'session/pacer.ts',
				'what is owed is paid twice',
				'- (target.now - before)',
				'- 0 * (target.now - before)',
			],
			[
				'session/pacer.ts',
				'a slow machine keeps its budget',
				'if (spent > sliceTime * 1.5) {',
				'if (spent < 0) {',
			],
		],
	],
	[
		['diagnosis/verdict.test.ts'],
		[
			['diagnosis/facts.ts', 'nothing dominates', 'const dominant = 0.5;', 'const dominant = 0.95;'],
			[
				'diagnosis/verdict-spin.ts',
				'spin starves a host with a CPU for each',
				'cpus >= threads',
				'cpus >= 99 * threads',
			],
			[
				'diagnosis/verdict-spin.ts',
				'the worker is blamed for submitters',
				'const byWorker = worker * 2 >= total;',
				'const byWorker = true;',
			],
			['diagnosis/verdict-spin.ts', 'a worker that spins less is told of', '|| worker < spin.submitter', ''],
			['diagnosis/verdict-spin.ts', 'noise is told of', 'const noticeable = 20;', 'const noticeable = 10;'],
		],
	],
];

export const programMutations: readonly ProgramMutation[] = rows.flatMap(([tests, cases]) =>
	cases.map(([file, wrong, find, replace]) => ({
		file,
		wrong,
		find,
		replace,
		tests,
	})),
);
