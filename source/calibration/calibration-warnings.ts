import {type Alignment} from '../trace/recording/align.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {type ClientSteps} from './client-steps.js';

/** Below so many the tails are guesses. */
const fewCommands = 300;

/** Share of commands that filled the ring from which the load is not the clients' own any more. */
const saturation = 0.02;

/** What the user is to know of a recording before its figures are believed, in lines. */
export function warningsOf(
	guest: GuestRecording,
	host: HostRecording | null,
	aligned: Alignment | null,
	steps: readonly ClientSteps[],
	count: number,
): readonly string[] {
	const words: string[] = [];
	if (count < fewCommands) {
		words.push(`only ${count} commands: medians are usable, tails are guesses; record for longer`);
	}

	let full = 0;
	for (const {fullRings} of steps) {
		full += fullRings;
	}

	if (full >= saturation * count) {
		words.push(
			`saturated: ${full} of ${count} commands found the ring full; service times show, but how often the ` +
				'clients would like to submit does not',
		);
	}

	words.push(...guest.words.warnings);
	if (!guest.hasProbes) {
		words.push(
			'no doorbells in the recording (a probe on vp_notify, vm_notify or virtqueue_notify): vqlab record ' +
				'--help has them',
		);
	}

	if (guest.irqs.length === 0) {
		words.push(
			'no interrupts of the device in the recording (irq_handler_entry, with workqueue_queue_work): the ' +
				'way back is left at its defaults',
		);
	}

	if (guest.orphans > 0.05 * count) {
		words.push(`${guest.orphans} responses without their command: events are missing`);
	}

	if (host !== null && host.isTimed && !host.hasSteps && host.kvm.estimates().length === 0) {
		words.push(
			host.kvm.complaint === ''
				? "the host's file shows neither commands of a virtio-gpu in QEMU nor doorbells in KVM: it is not " +
						'used; vqlab record --help has the events'
				: host.kvm.complaint,
		);
	}

	if (host?.hasSteps === true && aligned === null) {
		words.push(
			"the clocks of guest and host could not be aligned: too few doorbells agree; the host's own times " +
				'are used, those between guest and host are not',
		);
	}

	if (guest.isFull) {
		words.push(`the recording has more commands than are used: the first ${count}`);
	}

	return words;
}
