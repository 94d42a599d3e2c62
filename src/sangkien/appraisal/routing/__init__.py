"""To which offices an entry goes: the choice by the plan, and what it reads."""
