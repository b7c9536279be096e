/** How wide a picture is: as a page of a README shows it, without making it smaller by much. */
export const pageWidth = 1000;
export const margin = 32;
/** Where the columns stand, and how wide their texts may be. */
export const steps = { at: margin, wide: 276 };
export const actions = { at: 332, wide: 268 };
export const targets = { at: 648, wide: 308 };
