"""What the operating system answers, by the name of its error number."""

MESSAGES: dict[str, tuple[str, str]] = {
    "errno-ENOENT": ("there is no such file or folder", "没有这个文件或文件夹"),
    "errno-EACCES": ("permission denied", "没有权限"),
    "errno-EPERM": ("not permitted", "系统不允许"),
    "errno-EISDIR": ("it is a folder", "这是个文件夹"),
    "errno-ENOTDIR": ("part of the path is no folder", "路径中有一段不是文件夹"),
    "errno-EEXIST": ("it is there already", "已经存在"),
    "errno-ENOSPC": ("the disk is full", "磁盘满了"),
    "errno-EDQUOT": ("the quota of the disk is used up", "磁盘配额用完了"),
    "errno-EROFS": ("the disk is read-only", "磁盘是只读的"),
    "errno-EFBIG": ("the file would be too large", "文件太大"),
    "errno-ENAMETOOLONG": ("the name is too long", "文件名太长"),
    "errno-ELOOP": ("its links go round in a circle", "链接绕成了圈"),
    "errno-ENOEXEC": ("it is no program", "这不是程序"),
    "errno-EIO": ("the disk does not answer as it should", "磁盘读写出错"),
}
