import {type ParameterValue} from '../parameters/configuration.js';
import {type GivenParameters} from '../simulation/parameters/resolve.js';
import {type Alignment} from '../trace/recording/align.js';
import {type Estimate, takenFrom} from '../trace/recording/estimate.js';
import {type GuestRecording} from '../trace/recording/guest-recording.js';
import {type HostRecording} from '../trace/recording/host-recording.js';
import {handlerSpeed, mergedInterrupts, wholePasses} from './guest-accel.js';
import {accelOf} from './interrupt-delivery.js';

type AccelKnown = {readonly given: GivenParameters; readonly eventIdx: boolean};

/**
How guest code is run, as far as the interrupts show it, and the lock that goes with it: by
candidate, the likeliest first.
*/
export function accels(
	guest: GuestRecording,
	host: HostRecording | null,
	aligned: Alignment | null,
	{given, eventIdx}: AccelKnown,
): ReadonlyArray<readonly Estimate[]> {
	const said = given['host.accel'];
	const found = host === null || aligned === null ? null : accelOf(guest, host, aligned);
	// An aligned log says more, if enough interrupts were sent in the middle of passes.
	const isAsked = said === undefined && found === null;
	// Without event indices a doorbell says nothing about what the host had popped.
	const whole = isAsked && eventIdx ? wholePasses(guest) : null;
	const merged = isAsked && !eventIdx ? mergedInterrupts(guest) : null;
	const speed = whole === null && merged === null ? null : handlerSpeed(guest);
	if (merged !== null && speed?.accel === 'tcg') {
		return [
			[
				{
					key: 'host.accel',
					value: 'tcg',
					provenance: 'inferred',
					how: `${merged}; ${speed.how}`,
					knob: null,
				},
				...lockEstimates('tcg'),
			],
		];
	}

	if (whole !== null && speed !== null) {
		const {accel, how} = speed;
		return [
			[
				{
					key: 'host.accel',
					value: accel,
					provenance: 'inferred',
					how: accel === 'tcg' ? `${whole}; ${how}` : how,
					knob: null,
				},
				...lockEstimates(accel),
			],
		];
	}

	if (whole !== null && aligned === null) {
		return (['tcg', 'kvm'] as const).map((value, at, all) => [
			{
				key: 'host.accel',
				value,
				provenance: 'uncertain',
				alternatives: all.filter(other => other !== value),
				how: whole,
				knob: null,
			},
			...lockEstimates(value),
		]);
	}

	return [
		[
			...(found?.tcg === true
				? takenFrom('guest and host log, aligned', [
						{
							key: 'host.accel',
							value: 'tcg',
							provenance: 'inferred',
							how: found.how,
							knob: null,
						},
					])
				: []),
			...lockEstimates(said ?? (found?.tcg === true ? 'tcg' : 'kvm')),
		],
	];
}

function lockEstimates(accel: ParameterValue): readonly Estimate[] {
	return Object.entries(lockUnder(accel)).map(([key, value]): Estimate => ({
		key,
		value,
		provenance: 'inferred',
		how: 'host.accel=tcg has no PV spinlocks',
		knob: null,
	}));
}

/** What an accelerator leaves of the kinds of lock, where it does not leave the default. */
export function lockUnder(accel: ParameterValue | undefined): GivenParameters {
	return accel === 'tcg' ? {'driver.spinlock': 'qspinlock'} : {};
}
