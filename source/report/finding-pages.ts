import {type VerdictName} from '../metrics/verdict-names.js';

/** What a finding is, for people: `explain` shows it. */
export type FindingPage = {
	readonly meaning: string;
	/** The metrics that show it. */
	readonly evidence: string;
	readonly helps: string;
	readonly neverHelps: string;
};

/** A page for each id that a verdict may have. */
export const findingPages: Readonly<Record<VerdictName, FindingPage>> = {
	stall: {
		meaning: 'Work is in a ring and nobody will ever do it; the run ends. stall.kind says why: lost-kick, lost-irq, impossible-request, wait-condition, livelock, fence-lost or unknown.',
		evidence: 'stall, verdict.asked and verdict.done, latency.unfinished.',
		helps: 'What lost the doorbell, the interrupt or the room: a barrier, event indices, indirect descriptors, the driver\'s condition.',
		neverHelps: 'A larger ring or a faster host: they change when it stops, not that it does.',
	},
	'host-pause': {
		meaning: 'Who serves the device stood still (QEMU\'s main loop with the BQL held), and that makes most of the response, or nothing ended meanwhile.',
		evidence: 'pauses.hostPause.longest and .at, latency.waits.hostPause.',
		helps: 'What held it: a blocked display, a slow disk under the BQL; an I/O thread or another process for the device. A larger ring bears a longer pause without refusing or sleeping.',
		neverHelps: 'Lock policies and cheaper doorbells.',
	},
	'renderer-block': {
		meaning: 'A viewer read the scanout and QEMU processed no command (renderer_blocked).',
		evidence: 'pauses.rendererBlock.longest and .share, latency.waits.rendererBlock.',
		helps: 'A viewer that answers at once, or one that needs no read of the scanout.',
		neverHelps: 'A larger ring, ioeventfd: commands are popped and wait in cmdq.',
	},
	'vcpu-preempt': {
		meaning: 'A vCPU had no host CPU, and commands waited for it or nothing ended meanwhile.',
		evidence: 'pauses.vcpuPreempt.longest and .at, latency.waits.vcpuPreempt, cpu.vcpus[i].stolen.',
		helps: 'CPUs for the VM alone (pinning, less load), or the interrupt on another vCPU.',
		neverHelps: 'Anything in the device.',
	},
	'lost-kick': {
		meaning: 'A doorbell was lost; its commands waited for the next one of the queue, or wait still.',
		evidence: 'pauses.lostKick.longest, latency.waits.lostKick, latency.unfinished.',
		helps: 'The barrier between avail->idx and the read of avail_event; queue.eventIdx=false rings for each command and hides it.',
		neverHelps: 'A larger ring: it hides the fault for longer.',
	},
	'lost-irq': {
		meaning: 'An interrupt was lost; responses waited for the next one of the queue, or wait still.',
		evidence: 'pauses.lostIrq.longest, latency.waits.lostIrq, latency.unfinished.',
		helps: 'The barrier between the used index and the read of used_event, the interrupt\'s way through the hypervisor.',
		neverHelps: 'Faster commands: they are done, and nobody knows.',
	},
	'commands-lost': {
		meaning: 'Commands found no room and were given up (driver.fullRing=busy-error).',
		evidence: 'ring.busyErrors, throughput.asked against throughput.completed.',
		helps: 'driver.fullRing=wait, a larger ring when it is only a burst, a faster host when it is not.',
		neverHelps: 'Lock policies, when the host has no time left.',
	},
	'commands-unanswered': {
		meaning: 'At the end commands are without a response that are older than 10 median responses.',
		evidence: 'latency.unfinished; latency.max and percentiles count their ages.',
		helps: 'Look at where they are: ring.inFlight, pauses, the stages of those that ended.',
		neverHelps: 'A longer run, when they never end.',
	},
	'missed-frames': {
		meaning: 'A vblank came without a frame that was whole since the last one: all its responses and fences.',
		evidence: 'frames.<client>.missed; with frames.<client>.perSecond it is all vblanks.',
		helps: 'What the largest stage is: fewer waits a frame, a shorter fence poll, a faster GPU.',
		neverHelps: 'Throughput: it may be met with every other frame.',
	},
	'demand-short': {
		meaning: 'Less is done than clients ask for, by more than chance, and no rule names why.',
		evidence: 'throughput.asked, throughput.completed, the largest stage.',
		helps: 'What shortens the largest stage.',
		neverHelps: 'A larger ring: the backlog only moves into it.',
	},
	'worker-spin': {
		meaning: 'The dequeue worker spins for ctrlq.qlock; the text says what its holder is in.',
		evidence: 'lock.spin.worker, lock.matrix.<holder>.worker, lock.hold.mean.',
		helps: 'A shorter hold: the doorbell after the unlock (driver.lockPolicy), fewer fences under the lock.',
		neverHelps: 'A larger ring.',
	},
	'submitter-spin': {
		meaning: 'Submitters spin for ctrlq.qlock; the text says what its holder is in.',
		evidence: 'lock.spin.submitter, lock.matrix.<holder>.submit.',
		helps: 'A shorter hold, fewer threads that submit.',
		neverHelps: 'A larger ring.',
	},
	'spin-starves-host': {
		meaning: 'Spinning takes host CPUs that the holder of the lock or the main loop needs.',
		evidence: 'lock.spin.total against host.cpus.',
		helps: 'driver.spinlock=pv-qspinlock, pause-loop exits, the doorbell out of the lock, another CPU.',
		neverHelps: 'Faster commands: the CPU is not theirs.',
	},
	'lock-wait': {
		meaning: 'Most of a response is the wait for the queue\'s lock, spun or halted.',
		evidence: 'latency.waits.lock, lock.hold, lock.halted.',
		helps: 'A shorter hold: the doorbell after the unlock, CPUs for the holder.',
		neverHelps: 'A larger ring.',
	},
	'submitter-bound': {
		meaning: 'The vCPU that submits has no time left.',
		evidence: 'cpu.vcpus[i].guest and .exit.',
		helps: 'Fewer or cheaper commands and doorbells, another vCPU.',
		neverHelps: 'A faster host loop.',
	},
	'loop-bound': {
		meaning: 'Who serves the device has no time left; commands queue up in the host.',
		evidence: 'cpu.mainLoop, latency.stages.hostQueue.',
		helps: 'Cheaper commands (device.cost), ioeventfd, fewer interrupts, another backend\'s thread.',
		neverHelps: 'A larger ring, guest locks.',
	},
	'ring-full': {
		meaning: 'Submitters sleep because the ring lacks room, while the host has time.',
		evidence: 'ring.fullWaits, latency.waits.room, ring.numFree.min.',
		helps: 'A larger ring, a smaller burst, indirect descriptors.',
		neverHelps: 'A larger ring, when the host loop is used up.',
	},
	doorbell: {
		meaning: 'A vCPU spends its time outside the guest, ringing.',
		evidence: 'kicks.perSecond, cpu.vcpus[i].exit and .blocked.',
		helps: 'host.ioeventfd=true, one doorbell for a batch.',
		neverHelps: 'A larger ring, faster commands.',
	},
	'bql-busy': {
		meaning: 'Somebody holds the BQL, and doorbells or the main loop wait for it.',
		evidence: 'latency.waits.bql, bql.byHolder, bql.waitPerSecond, cpu.vcpus[i].blocked.',
		helps: 'ioeventfd takes the doorbell off it; a backend without it; less of what holds it (host.bql).',
		neverHelps: 'Lock policies of the guest: the BQL is the host\'s.',
	},
	'fence-poll': {
		meaning: 'Fences are looked at by a timer: the GPU is done for most of the time that they wait.',
		evidence: 'latency.waits.poll against latency.stages.fence.',
		helps: 'A shorter device.fencePoll, a renderer that calls back (device.fence=async).',
		neverHelps: 'A faster GPU.',
	},
	'fence-wait': {
		meaning: 'Fences wait for the GPU, or for those of other contexts before them.',
		evidence: 'latency.stages.fence, latency.waits.poll (small), frames.<client>.missed.',
		helps: 'Less GPU time, fences only where somebody waits, contexts of their own (driver.fenceContexts).',
		neverHelps: 'A shorter poll, the lock, the ring.',
	},
	'host-queue': {
		meaning: 'Commands wait for the service of other clients\' commands.',
		evidence: 'latency.waits.otherClients; under cursor. for the cursor.',
		helps: 'Cheaper or shorter commands of the others, a queue or thread of its own.',
		neverHelps: 'A larger ring: the wait is for service.',
	},
	'worker-long': {
		meaning: 'The dequeue worker\'s own runs are long: work queued meanwhile, and responses at the end of a run, wait for them.',
		evidence: 'worker.runTime, worker.runTime.hogged, latency.waits.workerRun.',
		helps: 'Cheaper response callbacks (guest.cost.response), smaller bursts.',
		neverHelps: 'Another vCPU for the interrupt: the work runs once at a time.',
	},
	'worker-late': {
		meaning: 'The interrupt came and the work was queued, but its kworker got no CPU.',
		evidence: 'latency.stages.workerDelay, cpu.vcpus[i].guest of the interrupt\'s vCPU.',
		helps: 'guest.irqVcpu on a vCPU that is idle.',
		neverHelps: 'A faster host.',
	},
	'round-trip': {
		meaning: 'Clients that wait for each response are bound by the way there and back; nothing is used up.',
		evidence: 'latency.mean and its largest stage.',
		helps: 'More commands before a wait, fewer waits, cheaper wake-ups.',
		neverHelps: 'A larger ring, more vCPUs.',
	},
	'demand-met': {
		meaning: 'All that is asked for is done, no frame is missed, no command is without an answer, and no single wait makes half of a response.',
		evidence: 'throughput.asked, throughput.completed, latency.p99.',
		helps: 'Nothing is needed.',
		neverHelps: 'A larger ring or a cheaper lock, for throughput.',
	},
};
