import { entriesOf, type Section } from '../../world/section.js';

export const described: Readonly<Record<string, Section>> = {
  parameters: {
    order: 20,
    field: { kind: 'map', says: 'parameters of Systems Manager with the value of each, such as `/app/version: "1.2"`' },
    populate: entriesOf((world, name, value) => void world.parameters.set(name, value)),
  },
};
