import {serverName} from '../host/backends/backends.js';
import {type Simulation} from '../simulation/simulation.js';
import {type Actor, type Resource} from './excerpt.js';
import {guestThreadNames} from './run-names.js';

/** Who can own and wait, by number. */
export function castOf(simulation: Simulation): readonly Actor[] {
	const {guest, host} = simulation.state;
	const {roles, cpus} = guest.core;
	const {clients} = roles;
	const vcpus = cpus.cpus.length;
	const threads = guestThreadNames(simulation).map(({comm}, thread): Actor => {
		const letter =
			thread < clients ? 'S' : thread < clients + vcpus ? 'W' : thread < clients + 2 * vcpus ? 'K' : 'R';
		return {
			name: comm,
			letter,
			side: 'guest',
			vcpu: -1,
		};
	});
	const handlers = roles.allVcpus.map((vcpu): Actor => ({
		name: `IRQ on vCPU ${vcpu}`,
		letter: 'I',
		side: 'guest',
		vcpu: -1,
	}));
	return [...threads, ...handlers, ...host.core.cpus.threads.map(({id}) => hostActor(simulation, id))];
}

function hostActor(simulation: Simulation, thread: number): Actor {
	const {roles} = simulation.state.host.core;
	const named = (name: string, letter: string, vcpu = -1): Actor => ({
		name,
		letter,
		side: 'host',
		vcpu,
	});
	if (roles.isVcpu(thread)) {
		return named(`vCPU ${thread}`, String(thread % 10), thread);
	}

	if (thread === roles.server) {
		return named(serverName(simulation.configuration.parameters['host.backend']), 'M');
	}

	return thread === roles.bqlUser ? named('other QEMU thread', 'O') : named('other host load', 'L');
}

/** What they own and wait for, by number. */
export function resourcesOf({state: {profile, host}}: Simulation): readonly Resource[] {
	return [
		...profile.queues.map(({lockName}): Resource => ({kind: 'qlock', name: lockName})),
		{kind: 'bql', name: 'BQL'},
		...host.core.cpus.cpus.map(({id}): Resource => ({kind: 'cpu', name: `host CPU ${id}`})),
	];
}
