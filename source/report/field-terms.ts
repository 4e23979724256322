import {type FieldTerm} from './field-term.js';
import {machineTerms} from './machine-terms.js';
import {ringTerms} from './ring-terms.js';
import {simulationTerms} from './simulation-terms.js';

/** Words of virtual machines, virtqueues and graphics that screens and reports take for granted. */
export const fieldTerms: readonly FieldTerm[] = [...machineTerms, ...ringTerms, ...simulationTerms];
