import {backendOf} from '../../host/backends/backends.js';
import {type Configuration} from '../configuration.js';
import {UserError} from '../../errors/user-error.js';

/** Checks faults against the host and the guest. Throws `UserError`. */
export function checkFaults({faults, parameters}: Pick<Configuration, 'faults' | 'parameters'>): void {
	const vcpus = parameters['guest.vcpus'];
	const {value: backend, blocksRenderer} = backendOf(parameters['host.backend']);
	for (const [index, fault] of faults.entries()) {
		if (fault.kind === 'renderer-block' && !blocksRenderer) {
			throw new UserError(
				`faults[${index}].kind: a renderer-block is QEMU's display reading the scanout, not ` +
					`${backend}'s: host.backend=qemu, or host-stall`,
			);
		}

		if (fault.vcpu !== undefined && fault.vcpu >= vcpus) {
			throw new UserError(
				`faults[${index}].vcpu: there is no vCPU ${fault.vcpu} with guest.vcpus=${vcpus}: 0 to ${vcpus - 1}`,
			);
		}
	}
}
