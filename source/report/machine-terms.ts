import {type FieldTerm} from './field-term.js';

/** Words of virtual machines. */
export const machineTerms: readonly FieldTerm[] = [
	{
		name: 'guest',
		subject: 'machine',
		meaning: 'The operating system inside the virtual machine. Its driver puts commands on the virtqueue.',
	},
	{
		name: 'host',
		subject: 'machine',
		meaning:
			'The machine that runs the virtual machine. A program of it, the VMM, plays the devices that the ' +
			'guest sees.',
		see: ['host.cpus'],
	},
	{
		name: 'VMM',
		subject: 'machine',
		also: ['QEMU', 'crosvm', 'libkrun'],
		meaning:
			'Virtual machine monitor: the host program that makes a virtual machine and its devices. QEMU is the ' +
			'one that has been compared with a real guest.',
		see: ['host.backend'],
	},
	{
		name: 'vCPU',
		subject: 'machine',
		meaning:
			'A CPU of the guest. On the host it is a thread: when the host gives its CPU to another thread, the ' +
			'guest stands still in the middle of an instruction and does not know it.',
		see: ['guest.vcpus', 'cpu.vcpus[i].guest'],
	},
	{
		name: 'KVM',
		subject: 'machine',
		meaning:
			'The part of the Linux kernel that runs guest code on the real CPU. What the guest may not do by ' +
			"itself ends in a VM exit. Without KVM, QEMU translates the guest's code (TCG), which is slower and " +
			'has no exits.',
		see: ['host.accel'],
	},
	{
		name: 'VM exit',
		subject: 'machine',
		also: ['exit'],
		meaning:
			"The CPU leaves the guest's code and runs the host's, because the guest touched a device or an " +
			'interrupt came. It costs microseconds. A doorbell without ioeventfd is one that goes all the way to ' +
			'the VMM and back.',
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
			'KVM waits a little, busily, before it puts an idle vCPU to sleep. A wake-up within that time is ' +
			'cheap; the CPU time is spent either way.',
		see: ['host.haltPoll', 'cpu.vcpus[i].poll'],
	},
	{
		name: 'main loop',
		subject: 'machine',
		meaning:
			"QEMU's thread for devices, timers and displays. It takes what is on the virtqueue, processes all of " +
			'it, then sends the interrupt.',
		see: ['cpu.mainLoop'],
	},
	{
		name: 'BQL',
		subject: 'machine',
		also: ['big QEMU lock', 'iothread lock'],
		meaning:
			"QEMU's one big lock: whoever runs device code owns it. While the main loop draws, a vCPU that rings " +
			'a doorbell waits for it.',
		see: ['bql.waitPerSecond', 'bql.holdShare', 'bql-busy'],
	},
	{
		name: 'backend',
		subject: 'machine',
		meaning:
			"Who serves the device: QEMU's main loop under the BQL, a process of its own (vhost-user-gpu), or a " +
			'thread of another VMM.',
		see: ['host.backend'],
	},
];
