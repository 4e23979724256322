import {BaseSequencer, type TestSpecification} from 'vitest/node';

/** Small files that take long. */
const heavy =
	/\/test\/(?:dry-runs|e2e|presets\/expectations|calibration\/calibrate|calibration\/round-trip|docs\/shown-commands|cli-\w+\.test|package\.test|experiment\/shape\/)/v;

/**
The order of files. Vitest begins with the largest, so that none that takes long is left for the
end, when the other workers have nothing to do. Some are short and take long: those come first.
*/
export default class HeavyFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		// eslint-disable-next-line unicorn/no-array-sort -- it is no array's
		const sorted = await super.sort(files);
		const isHeavy = ({moduleId}: TestSpecification): boolean => heavy.test(moduleId);
		return [...sorted.filter(file => isHeavy(file)), ...sorted.filter(file => !isHeavy(file))];
	}
}
