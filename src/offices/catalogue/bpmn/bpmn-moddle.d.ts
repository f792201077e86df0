/** The package comes without types of its own entrance; only what is used here is said. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    create(type: string, properties?: Record<string, unknown>): Record<string, unknown> & { id?: string }
    toXML(element: object, options?: { format?: boolean }): Promise<{ xml: string }>
    fromXML(xml: string): Promise<{
      rootElement: Record<string, unknown>
      warnings: { message: string }[]
      references: unknown[]
    }>
  }
}
