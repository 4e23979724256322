import {type VerdictName} from '../metrics/verdict-names.js';
import {type FindingPage} from './finding-page.js';
import {stallPages} from './stall-pages.js';

/**
The page of each finding, by its id: the `bottleneck` of a verdict. A finding
without a page does not compile.
*/
export const findingPages: Readonly<Record<VerdictName, FindingPage>> = {
	stall: {
		meaning:
			'Nothing goes on by itself: commands are in flight or threads sleep, and no event is left that ' +
			'would wake them.',
		evidence:
			"stall names its kind, who sleeps on what, the ring's indices, the last doorbell and the last interrupt.",
		helps: 'Depends on the kind: vqlab explain lost-kick, and so on for each kind.',
		neverHelps: 'Waiting. A reset of the device ends it and loses what was in flight.',
	},
	'sleep-in-atomic': {
		meaning:
			'A thread calls a function that may sleep while it holds a spinlock: "BUG: sleeping function called ' +
			'from invalid context". If it does sleep, whoever wants the lock spins until it is back.',
		evidence:
			'The function, the lock, who held it and since when; --check prints them as the kernel does. Once ' +
			'is enough.',
		helps: 'The call outside the lock (driver.edidProperty=before-lock), or a mutex in place of the spinlock.',
		neverHelps: 'queue.size, driver.spinlock, more CPUs: the context is wrong, not the time.',
	},
	'host-pause': {
		meaning:
			"Who serves the device stood still (QEMU's main loop with the BQL held), and that makes most of the " +
			'response, or nothing ended meanwhile.',
		evidence: 'pauses.hostPause.longest and .at, latency.waits.hostPause.',
		helps:
			'What held it: a blocked display, a slow disk under the BQL; an I/O thread or another process for the ' +
			'device. A larger ring bears a longer pause without refusing or sleeping.',
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
		helps:
			'The barrier between avail->idx and the read of avail_event; queue.eventIdx=false rings for each ' +
			'command and hides it.',
		neverHelps: 'A larger ring: it hides the fault for longer.',
	},
	'lost-irq': {
		meaning: 'An interrupt was lost; responses waited for the next one of the queue, or wait still.',
		evidence: 'pauses.lostIrq.longest, latency.waits.lostIrq, latency.unfinished.',
		helps:
			"The barrier between the used index and the read of used_event, the interrupt's way through the " +
			'hypervisor.',
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
		meaning: 'A paced client does not show all its frames in time: a frame takes longer than it has.',
		evidence:
			'frames.<client>.missed is 1 % of its rate or more; frames.<client>.time against the time of a ' +
			'frame, and the stage that takes most of it.',
		helps: 'Whatever shortens the stage that is named.',
		neverHelps: 'Throughput as such: a frame waits for its slowest command.',
	},
	'demand-short': {
		meaning: 'Less is done than clients ask for, by more than chance, and no rule names why.',
		evidence: 'throughput.asked, throughput.completed, the largest stage.',
		helps: 'What shortens the largest stage.',
		neverHelps: 'A larger ring: the backlog only moves into it.',
	},
	'worker-spin': {
		meaning:
			'The dequeue worker (virtio_gpu_dequeue_ctrl_func) spins on ctrlq.qlock while another thread holds ' +
			'it. When the holder is in its doorbell, the worker waits for a VM exit.',
		evidence:
			'lock.spin.worker is 20 ms/s or more and at least lock.spin.submitter; lock.waits.workerOnNotify is ' +
			'the part that met a holder in its doorbell.',
		helps:
			'driver.lockPolicy=kick-after-unlock or kick-batched: the doorbell is rung without the lock. A shorter ' +
			'doorbell (host.ioeventfd=on under KVM) shortens each wait.',
		neverHelps:
			'queue.size: the lock is held for the doorbell, however many descriptors are free. Nor more host ' +
			'CPUs when each thread has one.',
	},
	'submitter-spin': {
		meaning: 'Threads that submit spin on ctrlq.qlock: for each other, or for the dequeue worker.',
		evidence:
			'lock.spin.submitter is 20 ms/s or more; lock.waits.submitterOnNotify is the part that met a holder ' +
			'in its doorbell.',
		helps:
			'The doorbell outside of the lock (driver.lockPolicy=kick-after-unlock), fewer doorbells ' +
			'(kick-batched), fewer threads that submit at once.',
		neverHelps:
			'queue.size: nobody waits for room. A doorbell moved out of the lock does little when the waits ' +
			'meet a worker that drains.',
	},
	'spin-starves-host': {
		meaning:
			'A spinner burns host CPU time that the lock holder or the thread that serves the device needs: ' +
			'there are fewer host CPUs than threads that want to run.',
		evidence:
			'lock.spin.total is 10 % or more of all host CPUs, and host.cpus is below guest.vcpus + 1 + host.load.',
		helps:
			'One more host CPU (host.cpus), the doorbell outside of the lock, a waiter that halts ' +
			'(driver.spinlock=pv-qspinlock), pause-loop exits (host.ple).',
		neverHelps: 'queue.size. More guest.vcpus only adds spinners.',
	},
	'lock-wait': {
		meaning: "Most of a response is the wait for the queue's lock, spun or halted.",
		evidence: 'latency.waits.lock, lock.hold, lock.halted.',
		helps: 'A shorter hold: the doorbell after the unlock, CPUs for the holder.',
		neverHelps: 'A larger ring.',
	},
	'submitter-bound': {
		meaning: 'The guest has no time left on the vCPU that submits: its own code and its exits use it up.',
		evidence: 'The busiest vCPU is on a CPU, or sleeps in an exit, for 90 % of the time or more.',
		helps:
			'Fewer or cheaper doorbells (driver.lockPolicy=kick-batched, host.ioeventfd=on), fewer commands a ' +
			'frame, a second thread that submits on another vCPU.',
		neverHelps: 'A faster host: it waits for the guest. queue.size.',
	},
	'loop-bound': {
		meaning:
			'The thread that serves the device (main loop, gpu worker) has no time left: commands are popped ' +
			'and wait in the host.',
		evidence: 'cpu.mainLoop is 90 % or more; latency.stages.hostQueue is what commands wait in it.',
		helps:
			'Less work for each command (device.cost.*), fewer commands, a device with a thread of its own ' +
			'(host.backend=vhost-user-gpu).',
		neverHelps:
			'queue.size: a larger ring only holds a longer queue. driver.lockPolicy moves waiting from one ' +
			'place to another.',
	},
	'ring-full': {
		meaning: 'Submitters sleep on ack_queue because the ring lacks free descriptors, while the host has time left.',
		evidence:
			'latency.stages.ringWait is 10 % of the latency or more; ring.fullWaits counts the sleeps, ' +
			'ring.numFree.min is how far the ring was used.',
		helps: 'queue.size above the largest burst; queue.indirect=on, one slot a command; smaller bursts.',
		neverHelps: 'A size beyond the largest burst: the run stays the same, event by event. driver.lockPolicy.',
	},
	doorbell: {
		meaning:
			'A vCPU spends its time outside of the guest, ringing: each doorbell is a VM exit, and without ' +
			"ioeventfd the write waits for QEMU's big lock.",
		evidence:
			'Exits and the sleeps in them take 25 % of a vCPU or more: cpu.vcpus[i].exit and .blocked, over ' +
			'kicks.perSecond doorbells.',
		helps:
			'host.ioeventfd=on under KVM: the kernel signals an eventfd and returns. ' +
			'driver.lockPolicy=kick-batched: one doorbell for a batch. queue.eventIdx=on suppresses some.',
		neverHelps:
			'queue.size. kick-after-unlock: it moves the doorbell and does not save it. host.ioeventfd under ' +
			'TCG, which has no exits.',
	},
	'bql-busy': {
		meaning: 'Somebody holds the BQL, and doorbells or the main loop wait for it.',
		evidence: 'latency.waits.bql, bql.byHolder, bql.waitPerSecond, cpu.vcpus[i].blocked.',
		helps: 'ioeventfd takes the doorbell off it; a backend without it; less of what holds it (host.bql).',
		neverHelps: "Lock policies of the guest: the BQL is the host's.",
	},
	'fence-poll': {
		meaning:
			'The device looks at its fences by a timer, so a command that waits for the GPU is answered at the ' +
			'next look.',
		evidence: 'device.fence is poll, and latency.stages.fence is 30 % of the latency or more.',
		helps: 'device.fence=event (asynchronous fence callbacks), or a shorter device.fencePoll.',
		neverHelps: 'A faster GPU (device.gpuTime) below one period: the timer decides. queue.size, driver.lockPolicy.',
	},
	'fence-wait': {
		meaning: 'Fences wait for the GPU, or for those of other contexts before them.',
		evidence: 'latency.stages.fence, latency.waits.poll (small), frames.<client>.missed.',
		helps: 'Less GPU time, fences only where somebody waits, contexts of their own (driver.fenceContexts).',
		neverHelps: 'A shorter poll, the lock, the ring.',
	},
	'host-queue': {
		meaning: "Commands wait for the service of other clients' commands.",
		evidence: 'latency.waits.otherClients; under cursor. for the cursor.',
		helps: 'Cheaper or shorter commands of the others, a queue or thread of its own.',
		neverHelps: 'A larger ring: the wait is for service.',
	},
	'worker-long': {
		meaning:
			"The dequeue worker's own runs are long: work queued meanwhile, and responses at the end of a run, " +
			'wait for them.',
		evidence: 'worker.runTime, worker.runTime.hogged, latency.waits.workerRun.',
		helps: 'Cheaper response callbacks (guest.cost.response), smaller bursts.',
		neverHelps: 'Another vCPU for the interrupt: the work runs once at a time.',
	},
	'worker-late': {
		meaning:
			'The interrupt came and queued the dequeue work, but its kworker got no CPU: something else runs on ' +
			'the vCPU that took the interrupt.',
		evidence: 'latency.stages.workerDelay is 30 % of the latency or more.',
		helps: 'guest.irqVcpu on a vCPU that is idle; fewer threads on the vCPU that takes the interrupt.',
		neverHelps: 'queue.size, driver.lockPolicy: the worker does not wait for the lock, it waits to run.',
	},
	'round-trip': {
		meaning:
			'Nothing is used up. Each client waits for its response before it goes on, so the way there and ' +
			'back sets the pace.',
		evidence:
			'All clients are closed and wait; their pauses are shorter than latency.mean. The stage that takes ' +
			'most of it is named.',
		helps: 'A shorter stage, or more commands before each wait (unfenced submits, more threads).',
		neverHelps: 'queue.size, host.cpus: nobody waits for them.',
	},
	'demand-met': {
		meaning: 'What the clients asked for was done, with time left.',
		evidence: 'throughput.completed against throughput.submitted, and the busiest vCPU or host thread.',
		helps: 'Nothing has to. To find the limit ask for more: clients.<name>.rate, more threads, or client=closed.',
		neverHelps: 'Any setting raises throughput here only as far as the clients ask for more.',
	},
	settling: {
		meaning: 'A stretch between two changes was too short to be judged: fewer than 200 commands ended in it.',
		evidence: 'stretches[].settling, and the commands that ended in it.',
		helps: 'A longer run behind the last change (--for), or changes further apart.',
		neverHelps: 'More runs of the same length: each is cut at the same moment.',
	},
};

/**
All of them with their ids; `lost-kick` and `lost-irq` are findings of runs
that go on, and kinds of stall.
*/
export const findings: ReadonlyArray<readonly [id: string, page: FindingPage]> = [
	...Object.entries(findingPages),
	...Object.entries(stallPages),
];
