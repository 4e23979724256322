import {alignByCausality, alignByDoorbells, type Alignment} from '../trace/recording/align.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';

/** Share of the doorbells that must lie inside vp_notify for that to tell who took them. */
const nearlyAll = 0.9;

/** Whether doorbells go through an ioeventfd, and how that shows. */
export type IoeventfdFinding = {readonly value: boolean; readonly kind: 'measured' | 'inferred'; readonly how: string};

/**
The clocks of guest and host against each other, and where the doorbells were
taken; null for what does not show.
*/
export type HostAlignment = {readonly alignment: Alignment | null; readonly ioeventfd: IoeventfdFinding | null};

/**
Aligns the clocks. With an ioeventfd the main loop runs the notify handler, without one the vCPU's
thread does, inside vp_notify: the log's thread numbers tell, or in a log that has none (QEMU since
10.1) whether the doorbells fit into the guest's.
*/
export function hostAlignment(guest: GuestRecording, host: HostRecording): HostAlignment {
	const own = new Set(guest.commands.map(({thread}) => thread));
	const guestKicks = guest.kicks.filter(({thread}) => own.has(thread));
	const [control, cursor] = host.rings();
	const kicks = host.steps.filter(step => step.what === 'kick' && (step.vq === control || step.vq === cursor));
	const ofThreads = host.hasThreads && kicks.length > 0 ? byThreads(host, kicks) : null;
	const isReturned = guestKicks.some(kick => kick.isReturned);
	if (guestKicks.length === 0 || kicks.length === 0 || !host.isTimed) {
		return {alignment: null, ioeventfd: ofThreads};
	}

	const times = kicks.map(({time}) => time);
	const inside =
		ofThreads?.value === true || !isReturned
			? null
			: alignByDoorbells(
					guestKicks.filter(kick => kick.isReturned),
					times,
				);
	if (ofThreads?.value === false) {
		return {alignment: inside, ioeventfd: ofThreads};
	}

	if (inside !== null && inside.agreeing >= nearlyAll * inside.matched) {
		return {
			alignment: inside,
			ioeventfd: {
				value: false,
				kind: 'inferred',
				how:
					`${inside.agreeing} of ${inside.matched} doorbells arrive while vp_notify runs; the log names ` +
					'no threads',
			},
		};
	}

	const msis = host.steps
		.filter(step => step.what === 'notify' && (step.vq === control || step.vq === cursor))
		.map(({time}) => time);
	const alignment = alignByCausality(
		guestKicks.map(({start}) => start),
		times,
		guest.irqs.map(({entry}) => entry),
		msis,
	);
	return {
		alignment,
		ioeventfd:
			ofThreads ??
			(alignment === null
				? null
				: {
						value: true,
						kind: 'inferred',
						how: 'the doorbells do not fit into vp_notify; the log names no threads',
					}),
	};
}

function byThreads(host: HostRecording, kicks: ReadonlyArray<{readonly thread: number}>): IoeventfdFinding {
	const mainLoop = host.steps.find(({what}) => what === 'command')?.thread;
	const isOn = kicks.filter(({thread}) => thread === mainLoop).length > kicks.length / 2;
	return {
		value: isOn,
		kind: 'measured',
		how: `virtio_queue_notify comes from ${isOn ? 'the main loop' : 'the vCPU threads'}`,
	};
}
