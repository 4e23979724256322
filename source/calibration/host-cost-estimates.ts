import {type CommandName} from '../devices/gpu/commands.js';
import {type Estimate, measuredTime} from '../trace/recording/estimate.js';
import {type HostRecording, type HostStep} from '../trace/recording/host-recording.js';
import {fewestSamples, Samples} from '../trace/recording/samples.js';
import {type HostPause, type TimedSample, withoutPause} from './host-pause.js';
import {longestHostCost} from './interrupt-delivery.js';
import {type ModelTimes} from './model-times.js';

const longestService = 1_000_000_000;

/**
Times of the host's steps that a QEMU log shows: pop, service, wake-up of the main
loop; and pauses that came once.
*/
export function hostCostEstimates(
	host: HostRecording,
	{push, msi}: ModelTimes,
): {readonly estimates: readonly Estimate[]; readonly pauses: readonly HostPause[]} {
	const [control, cursor] = host.rings();
	const isGpu = (vq: string): boolean => vq === control || vq === cursor;
	const mainLoop = host.steps.find(({what}) => what === 'command')?.thread;
	const service = new Map<CommandName, TimedSample[]>();
	const pop = new Samples();
	const wake: TimedSample[] = [];
	const pass = new Samples();
	let previous: HostStep | null = null;
	let command: Extract<HostStep, {what: 'command'}> | null = null;
	let isNotified = false;
	let kickedIdle: number | null = null;
	let kickedBusy = false;
	/** Popped and not flushed. */
	let pending = 0;
	const settle = (time: number): void => {
		if (command !== null) {
			const samples = service.get(command.command) ?? [];
			service.set(command.command, samples);
			samples.push({start: command.time, time: time - command.time - push - (isNotified ? msi : 0)});
			command = null;
		}

		isNotified = false;
	};

	for (const step of host.steps) {
		if (step.what === 'kick') {
			if (isGpu(step.vq)) {
				kickedBusy ||= pending > 0;
				kickedIdle = pending === 0 ? (kickedIdle ?? step.time) : kickedIdle;
			}
		} else if (step.thread === mainLoop && (step.what === 'command' || isGpu(step.vq))) {
			switch (step.what) {
				case 'pop': {
					if (previous?.what === 'pop') {
						pop.add(step.time - previous.time);
					} else if (kickedIdle !== null) {
						wake.push({start: kickedIdle, time: step.time - kickedIdle});
					} else if (kickedBusy && previous !== null) {
						pass.add(step.time - previous.time);
					}

					if (previous?.what === 'flush' && pending > 0) {
						settle(step.time);
					}

					command = null;
					kickedIdle = null;
					kickedBusy = false;
					pending++;
					break;
				}

				case 'command': {
					settle(step.time);
					command = step;
					break;
				}

				case 'flush': {
					pending = Math.max(0, pending - step.count);
					if (pending === 0) {
						settle(step.time);
					}

					break;
				}

				case 'notify': {
					isNotified = command !== null;
				}
			}

			previous = step;
		}
	}

	const estimates: Estimate[] = [];
	const put = (key: string, samples: Samples, knob: 'host wake' | 'host service', how: string): void => {
		if (samples.count >= fewestSamples) {
			const longest = key.startsWith('device.') ? longestService : longestHostCost;
			estimates.push(measuredTime(key, samples.spec(longest), samples.count, knob, how));
		}
	};

	const pauses: HostPause[] = [];
	const usual = (timed: readonly TimedSample[]): Samples => {
		const {samples, pause} = withoutPause(timed);
		if (pause !== null) {
			pauses.push(pause);
		}

		return samples;
	};

	put(
		'host.cost.loopWake',
		usual(wake),
		'host wake',
		'virtio_queue_notify to the first virtqueue_pop, the loop having been idle',
	);
	put('host.cost.poll', pass, 'host wake', 'end of a pass to the first virtqueue_pop of the next, a kick waiting');
	put('host.cost.pop', pop, 'host service', 'from one virtqueue_pop to the next');
	for (const [name, timed] of service) {
		put(
			`device.cost.${name}`,
			usual(timed),
			'host service',
			'from its event to the next command of the pass, or to its virtqueue_flush',
		);
	}

	return {estimates, pauses};
}
