import {type GuestRecording, type RecordedCommand} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {type ClientSteps, notifyPlaces} from './client-steps.js';
import {type Finding} from './finding.js';
import {type LockPolicy, lockPolicyOf} from './lock-policy.js';

/**
Notifies a run of the worker from which a host without event indices would have
shown: fewer find it idle again.
*/
const fewestPlaces = 1.6;

/** Share of the notifies that ring when all of them are asked for. */
const everyPlace = 0.97;

/** What a recording shows of the driver and its rings. */
export type DriverFindings = {
	readonly lockPolicy: Finding<LockPolicy>;
	readonly roomRule: Finding<'check-first' | 'add-first'>;
	readonly ringSize: Finding<number | null>;
	readonly cursorSize: Finding<number | null>;
	readonly indirect: Finding<boolean>;
	readonly eventIdx: Finding<boolean>;
	readonly irqVcpu: Finding<number | null>;
	readonly cursorIrqVcpu: Finding<number | null>;
};

/** Finds out how the driver and its rings are set up, as far as the recording shows it. */
export function driverFindings(
	recording: GuestRecording,
	clients: readonly ClientSteps[],
	host: HostRecording | null,
): DriverFindings {
	const control = recording.commands.filter(({queue}) => queue === 0);
	const cursor = recording.commands.filter(({queue}) => queue === 1);
	const indirect = indirectOf(control);
	const eventIdx = (host === null ? null : eventIdxOfHost(recording, host)) ?? eventIdxOf(recording, clients);
	return {
		lockPolicy: lockPolicyOf(recording, clients, eventIdx.value),
		roomRule: recording.kicks.some(({forced, queue}) => forced && queue === 0)
			? {value: 'add-first', kind: 'measured', how: 'virtqueue_add rang the doorbell'}
			: {
					value: 'check-first',
					kind: control.some(({numFree}) => numFree !== null) ? 'inferred' : 'default',
					how: 'num_free in the events: Linux 6.3 or later',
				},
		ringSize: sizeOf(control, indirect.value),
		cursorSize: sizeOf(cursor, true),
		indirect,
		eventIdx,
		irqVcpu: irqVcpuOf(recording, 0),
		cursorIrqVcpu: irqVcpuOf(recording, 1),
	};
}

/** Slots in use are those of the commands in flight; with num_free they are the ring. */
function sizeOf(commands: readonly RecordedCommand[], indirect: boolean): Finding<number | null> {
	let size = 0;
	const known = commands.filter(({numFree}) => numFree !== null);
	if (known.length === 0) {
		return {value: null, kind: 'default', how: 'no num_free before Linux 6.3'};
	}

	const answered = known.map(({responded}) => responded ?? Infinity).toSorted((a, b) => a - b);
	let done = 0;
	for (const [index, {published, numFree}] of known.entries()) {
		while (done < answered.length && answered[done] <= published) {
			done++;
		}

		const inFlight = index + 1 - done;
		// Reaped but not yet answered commands have freed their slots:
		// the true size is at most this.
		if (numFree !== null && (indirect || inFlight <= 1)) {
			size = Math.max(size, inFlight <= 1 ? numFree + 1 : numFree);
		}
	}

	return {
		value: 2 ** Math.ceil(Math.log2(Math.max(2, size))),
		kind: 'measured',
		how: `peak of num_free plus in flight: ${size}`,
	};
}

/**
By how much num_free falls from one command to the next when nothing was answered between them.
*/
function indirectOf(commands: readonly RecordedCommand[]): Finding<boolean> {
	let single = 0;
	let several = 0;
	for (let i = 1; i < commands.length; i++) {
		const fall = (commands[i - 1].numFree ?? Number.NaN) - (commands[i].numFree ?? Number.NaN);
		single += fall === 1 ? 1 : 0;
		several += fall === 2 || fall === 3 ? 1 : 0;
	}

	return single + several < 5
		? {value: true, kind: 'default', how: 'too few commands in a row'}
		: {
				value: single > several,
				kind: 'measured',
				how: `num_free falls by 1 (${single} times) or by 2 and 3 (${several})`,
			};
}

/**
Without event indices the host interrupts for every buffer, however many the worker takes at once.
*/
function eventIdxOfHost({commands, runs}: GuestRecording, host: HostRecording): Finding<boolean> | null {
	const rings = host.rings();
	const count = (what: 'flush' | 'notify'): number =>
		host.steps.filter(step => step.what === what && 'vq' in step && rings.includes(step.vq)).length;
	const flushes = count('flush');
	const sent = count('notify');
	return flushes < 20 || commands.length < 1.3 * runs.length
		? null
		: {value: sent < 0.9 * flushes, kind: 'measured', how: `${sent} virtio_notify for ${flushes} buffers`};
}

/**
Without event indices QEMU's virtio-gpu asks for every notification, so each kick_prepare with
something added rings; with them it is asked only after the host has popped.
*/
function eventIdxOf(recording: GuestRecording, clients: readonly ClientSteps[]): Finding<boolean> {
	let places = 0;
	let rung = 0;
	for (const steps of clients) {
		const {kicks, visits} = steps;
		const notifies = notifyPlaces(steps);
		for (const [place, count] of kicks.entries()) {
			if (notifies[place]) {
				places += visits[place];
				rung += count;
			}
		}
	}

	// A run that answers one notify finds the host idle again, which asks for
	// the next one in both cases.
	if (places < 20 || recording.kicks.length === 0 || places < fewestPlaces * recording.runs.length) {
		return {value: true, kind: 'default', how: "QEMU's default; the recording does not decide"};
	}

	const share = rung / places;
	return {
		value: share < everyPlace,
		kind: 'inferred',
		how: `${Math.round(100 * share)} % of the places where the client notifies rang`,
	};
}

function irqVcpuOf({irqs}: GuestRecording, queue: number): Finding<number | null> {
	const counts = new Map<number, number>();
	for (const irq of irqs) {
		if (irq.queue === queue && irq.cpu >= 0) {
			counts.set(irq.cpu, (counts.get(irq.cpu) ?? 0) + 1);
		}
	}

	let best: number | null = null;
	let most = 0;
	let all = 0;
	for (const [cpu, count] of counts) {
		all += count;
		if (count > most) {
			best = cpu;
			most = count;
		}
	}

	return best === null
		? {value: null, kind: 'default', how: 'no interrupt with its CPU in the recording'}
		: {value: best, kind: 'measured', how: `${most} of ${all} interrupts`};
}
