import {formatGrouped, formatDuration} from '../charts/format-number.js';
import {alignByDoorbells} from '../trace/recording/align.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {Samples} from '../trace/recording/samples.js';

/** What a QEMU log of the same time says, in lines: commands, passes, service times, the clocks. */
export function hostWords(host: HostRecording, guest: GuestRecording): readonly string[] {
	const {steps} = host;
	const service = new Samples();
	let passes = 0;
	let isPopping = false;
	let started: number | null = null;
	for (const {what, time} of steps) {
		if (started !== null && (what === 'command' || what === 'flush')) {
			service.add(time - started);
			started = null;
		}

		started = what === 'command' ? time : started;
		passes += what === 'pop' && !isPopping ? 1 : 0;
		isPopping = what === 'pop';
	}

	if (service.count === 0) {
		return ['host: no command of a virtio-gpu in its log'];
	}

	const [control, cursor] = host.rings();
	const kicks = steps
		.filter(step => step.what === 'kick' && (step.vq === control || step.vq === cursor))
		.map(({time}) => time);
	const own = new Set(guest.commands.map(({thread}) => thread));
	const aligned = alignByDoorbells(
		guest.kicks.filter(({thread}) => own.has(thread)),
		kicks,
	);
	return [
		`host: ${formatGrouped(service.count)} commands in ${formatGrouped(passes)} passes`,
		`host: service p50 ${formatDuration(service.median)}`,
		aligned === null
			? 'host: its clock can not be aligned by doorbells'
			: `host: clocks aligned to ${formatDuration(aligned.uncertainty)}, ${aligned.agreeing} of ` +
				`${aligned.matched} doorbells agree`,
	];
}
