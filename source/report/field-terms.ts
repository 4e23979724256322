/** A word of the field, for people who do not know it yet: `vqlab explain` and docs/glossary.md. */
export type FieldTerm = {
	readonly name: string;
	/** Under which it stands in the glossary. */
	readonly subject: FieldSubject;
	/** Other names of the same thing. */
	readonly also?: readonly string[];
	/** What it is, and then why it matters here. */
	readonly meaning: string;
	/** Keys of parameters, paths of metrics and ids of findings where one meets it. */
	readonly see?: readonly string[];
};

/** The parts of the glossary, in the order in which one needs them. */
export const fieldSubjects = ['machine', 'ring', 'notification', 'lock', 'graphics', 'simulation'] as const;

export type FieldSubject = (typeof fieldSubjects)[number];

/** Words of virtual machines, virtqueues and graphics that screens and reports take for granted. */
export const fieldTerms: readonly FieldTerm[] = [
	{
		name: 'guest',
		subject: 'machine',
		meaning: 'The operating system inside the virtual machine. Its driver puts commands on the virtqueue.',
	},
	{
		name: 'host',
		subject: 'machine',
		meaning:
			'The machine that runs the virtual machine. A program of it, the VMM, plays the devices that the guest sees.',
		see: ['host.cpus'],
	},
	{
		name: 'VMM',
		subject: 'machine',
		also: ['QEMU', 'crosvm', 'libkrun'],
		meaning:
			'Virtual machine monitor: the host program that makes a virtual machine and its devices. QEMU is the one that has been compared with a real guest.',
		see: ['host.backend'],
	},
	{
		name: 'vCPU',
		subject: 'machine',
		meaning:
			'A CPU of the guest. On the host it is a thread: when the host gives its CPU to another thread, the guest stands still in the middle of an instruction and does not know it.',
		see: ['guest.vcpus', 'cpu.vcpus[i].guest'],
	},
	{
		name: 'KVM',
		subject: 'machine',
		meaning:
			"The part of the Linux kernel that runs guest code on the real CPU. What the guest may not do by itself ends in a VM exit. Without KVM, QEMU translates the guest's code (TCG), which is slower and has no exits.",
		see: ['host.accel'],
	},
	{
		name: 'VM exit',
		subject: 'machine',
		also: ['exit'],
		meaning:
			"The CPU leaves the guest's code and runs the host's, because the guest touched a device or an interrupt came. It costs microseconds. A doorbell without ioeventfd is one that goes all the way to the VMM and back.",
		see: ['host.cost.exitUser', 'exits.perSecond'],
	},
	{
		name: 'stolen time',
		subject: 'machine',
		also: ['steal'],
		meaning: 'Time in which a vCPU could run and has no host CPU, because another thread has it.',
		see: ['cpu.vcpus[i].stolen', 'vcpu-preempt'],
	},
	{
		name: 'halt polling',
		subject: 'machine',
		meaning:
			'KVM waits a little, busily, before it puts an idle vCPU to sleep. A wake-up within that time is cheap; the CPU time is spent either way.',
		see: ['host.haltPoll', 'cpu.vcpus[i].poll'],
	},
	{
		name: 'main loop',
		subject: 'machine',
		meaning:
			"QEMU's thread for devices, timers and displays. It takes what is on the virtqueue, processes all of it, then sends the interrupt.",
		see: ['cpu.mainLoop'],
	},
	{
		name: 'BQL',
		subject: 'machine',
		also: ['big QEMU lock', 'iothread lock'],
		meaning:
			"QEMU's one big lock: whoever runs device code owns it. While the main loop draws, a vCPU that rings a doorbell waits for it.",
		see: ['bql.waitPerSecond', 'bql.holdShare', 'bql-busy'],
	},
	{
		name: 'backend',
		subject: 'machine',
		meaning:
			"Who serves the device: QEMU's main loop under the BQL, a process of its own (vhost-user-gpu), or a thread of another VMM.",
		see: ['host.backend'],
	},
	{
		name: 'virtqueue',
		subject: 'ring',
		also: ['queue'],
		meaning:
			"A ring of descriptors in memory that guest and host share: the driver puts requests in, the device takes them and hands them back. Each side may tell the other that there is something new, or leave it; the rules of that are most of vqlab's model.",
		see: ['queue.size', 'ring.numFree.mean'],
	},
	{
		name: 'descriptor',
		subject: 'ring',
		also: ['slot'],
		meaning:
			'An entry of the ring: where a piece of memory is and how long it is. A command takes two or three, or one with indirect descriptors.',
		see: ['queue.size', 'queue.indirect'],
	},
	{
		name: 'available ring',
		subject: 'ring',
		also: ['avail'],
		meaning: "The driver's side of a split virtqueue: what it has put there. avail->idx counts it.",
	},
	{
		name: 'used ring',
		subject: 'ring',
		meaning: "The device's side of a split virtqueue: what it has done with. used->idx counts it.",
	},
	{
		name: 'packed ring',
		subject: 'ring',
		meaning: 'A newer form of the virtqueue with one ring in place of three tables; each entry says whose it is.',
		see: ['queue.layout'],
	},
	{
		name: 'indirect descriptors',
		subject: 'ring',
		meaning: 'A command has a table of its own descriptors elsewhere and takes one slot of the ring.',
		see: ['queue.indirect'],
	},
	{
		name: 'num_free',
		subject: 'ring',
		meaning: 'Free descriptors of the ring. At 0 the driver sleeps until the device has given some back.',
		see: ['ring.numFree.min', 'ring.fullWaits', 'ring-full'],
	},
	{
		name: 'in flight',
		subject: 'ring',
		meaning: 'Commands that are on the ring and have not been taken back by the driver.',
		see: ['ring.inFlight.mean'],
	},
	{
		name: 'doorbell',
		subject: 'notification',
		also: ['kick', 'notify'],
		meaning:
			'The write to a device register by which the driver says "there is something in the ring". For the vCPU that writes it, it is a VM exit.',
		see: ['kicks.perSecond', 'kicks.perCommand', 'host.cost.exitUser'],
	},
	{
		name: 'ioeventfd',
		subject: 'notification',
		meaning:
			'A doorbell that the kernel answers by waking a thread, so that the vCPU goes on at once and does not wait for QEMU.',
		see: ['host.ioeventfd'],
	},
	{
		name: 'event index',
		subject: 'notification',
		also: ['EVENT_IDX', 'notification suppression'],
		meaning:
			'Each side writes into the ring from which entry on it wants to be told. A doorbell or an interrupt that nobody needs is left out.',
		see: ['queue.eventIdx', 'kicks.suppressed'],
	},
	{
		name: 'interrupt',
		subject: 'notification',
		also: ['IRQ', 'MSI'],
		meaning:
			'The device\'s way to say "something is in the used ring". It runs the guest\'s interrupt handler, which wakes the dequeue worker.',
		see: ['irqs.perSecond', 'guest.irqVcpu'],
	},
	{
		name: 'lost kick',
		subject: 'notification',
		meaning: 'A doorbell that was needed and did not arrive. There is work in the ring and both sides sleep.',
		see: ['lost-kick'],
	},
	{
		name: 'spinlock',
		subject: 'lock',
		meaning:
			'A lock whose waiters do not sleep but try again and again. It is cheap when it is held shortly. When its holder is stopped, as in a VM exit, everyone who waits burns a CPU.',
		see: ['driver.spinlock', 'lock.spin.total'],
	},
	{
		name: 'ctrlq.qlock',
		subject: 'lock',
		also: ['qlock'],
		meaning:
			"The driver's spinlock around the control queue: taken to put a command on it, to ring the doorbell in older kernels, and by the dequeue worker.",
		see: ['driver.lockPolicy', 'lock.hold.mean', 'worker-spin'],
	},
	{
		name: 'dequeue worker',
		subject: 'lock',
		also: ['worker', 'virtio_gpu_dequeue_ctrl_func'],
		meaning:
			'The work function of the driver that takes finished commands from the used ring, under the lock, and wakes who waits for them.',
		see: ['worker.runs', 'lock.spin.worker'],
	},
	{
		name: 'lock policy',
		subject: 'lock',
		meaning:
			'When the driver rings: under the lock, after it, or once for several commands. Linux did it each way at some time.',
		see: ['driver.lockPolicy'],
	},
	{
		name: 'command',
		subject: 'graphics',
		also: ['request'],
		meaning: 'A request of virtio-gpu, as TRANSFER_TO_HOST_2D or RESOURCE_FLUSH, with a response that comes back.',
		see: ['throughput.completed'],
	},
	{
		name: 'control queue',
		subject: 'graphics',
		also: ['ctrlq'],
		meaning: "The virtqueue for all commands but the cursor's, which have a queue of their own (cursorq).",
		see: ['queue.size', 'queue.cursorSize'],
	},
	{
		name: 'resource',
		subject: 'graphics',
		meaning: 'A picture that the device knows by a number; the guest sends its pixels with a transfer.',
	},
	{
		name: 'scanout',
		subject: 'graphics',
		meaning: 'A screen of the guest. A flush shows a resource on it.',
	},
	{
		name: 'fence',
		subject: 'graphics',
		meaning:
			'A promise that a command is really done, GPU included. A fenced command is answered late, in some VMMs only when a timer looks.',
		see: ['device.fence', 'device.fencePoll', 'fence-poll'],
	},
	{
		name: 'frame',
		subject: 'graphics',
		meaning:
			'What a client shows at one vblank: one or more commands. It is missed when its responses are not all there in time.',
		see: ['frames.<client>.missed'],
	},
	{
		name: 'client',
		subject: 'simulation',
		meaning:
			'A program of the guest that sends commands. A paced one follows the screen (60 times a second), an open one comes at its own rate whatever happens, a closed one sends the next when the last is answered.',
		see: ['clients.<name>.hz', 'clients.<name>.rate'],
	},
	{
		name: 'preset',
		subject: 'simulation',
		meaning: 'A JSON file with a machine, its clients and their faults, with a story and a source.',
	},
	{
		name: 'warm-up',
		subject: 'simulation',
		meaning: 'Simulated time before the measured time. What happens in it counts in no figure.',
		see: ['warmup'],
	},
	{
		name: 'seed',
		subject: 'simulation',
		meaning:
			'The number from which all random draws follow. The same parameters and seed give the same events, bit for bit.',
		see: ['seed'],
	},
	{
		name: 'event hash',
		subject: 'simulation',
		also: ['eventHash'],
		meaning: 'A fingerprint of every event of a run. Two runs with the same one are the same run.',
	},
	{
		name: 'common random numbers',
		subject: 'simulation',
		meaning:
			'Both sides of a comparison draw the same numbers, so that their difference is the change and not the luck.',
	},
	{
		name: 'percentile',
		subject: 'simulation',
		also: ['p50', 'p99', 'tail'],
		meaning:
			'p99 is the time that 99 of 100 commands do not exceed. The slowest per cent is the tail; it is what people feel.',
		see: ['latency.p99'],
	},
	{
		name: 'finding',
		subject: 'simulation',
		also: ['bottleneck', 'verdict'],
		meaning:
			'What a run suffers from, by an id: worker-spin, ring-full, bql-busy. A verdict names one, with its evidence and what helps.',
	},
];
