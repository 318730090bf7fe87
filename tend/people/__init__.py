"""Who uses Tend: what each may do, and whose customers each may see."""
