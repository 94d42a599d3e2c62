"""sangkien: chạy trọn một đợt sáng kiến cải cách hành chính."""

__version__ = "0.1.0"
