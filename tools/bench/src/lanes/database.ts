/** Where the lanes that are not Waybill keep their orders. */
export const database = 'bench';
